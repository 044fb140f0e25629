"""Un passage ôté ne se lit plus, ne se cherche plus, ne se voit plus ; le reste demeure."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from formats import recepisse
from formats.lecture.refus import DocumentIllisible
from formats.occultation import MOTIFS, Demande, occulter
from formats.occultation.demande import nu, places
from formats.tests.exemples import texte as texte_lu
from formats.tests.exemples import un_recepisse

LIGNES = (
    "Offre de la société Delattre, remise par Sophie MERLIN.",
    "Prix global : 12 480,50 euros, soit 1 040,04 € par mois.",
    "Écrire à sophie.merlin@faitage.example ou appeler le 06 12 34 56 78.",
    "Compte : FR76 3000 6000 0112 3456 7890 189.",
    "Le préau sera couvert en ardoise.",
)


def un_pdf(lignes=LIGNES, *, rotation=0, titre="Secret Delattre") -> bytes:
    """Un PDF écrit à la main : une police, des lignes, des métadonnées qui en disent trop."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for rang, ligne in enumerate(lignes):
        objet = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", ctypes.c_float(12))
        tampon = ctypes.create_string_buffer(ligne.encode("utf-16-le") + b"\0\0")
        pdfium.FPDFText_SetText(objet, ctypes.cast(tampon, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FPDFPageObj_Transform(objet, 1, 0, 0, 1, 50, 780 - 24 * rang)
        pdfium.FPDFPage_InsertObject(page.raw, objet)
    page.gen_content()
    page.set_rotation(rotation)
    document.new_attachment("prix.txt").set_data(b"12480")
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def texte(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(
        document[rang].get_textpage().get_text_range() for rang in range(len(document))
    )


def noirs(pdf: bytes, rang: int = 0) -> float:
    """La part de pixels noirs de la page, rendue en gris."""
    image = pypdfium2.PdfDocument(pdf)[rang].render(scale=1, grayscale=True)
    octets = bytes(image.buffer)
    return sum(1 for octet in octets if octet < 40) / len(octets)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_un_mot_ote_ne_se_lit_plus_ni_ne_se_voit(rotation):
    avant = un_pdf(rotation=rotation)
    rendu = occulter(avant, Demande(termes=("delattre", "Merlin")))

    lu = texte(rendu.pdf)
    assert "Delattre" not in lu and "MERLIN" not in lu
    assert "ardoise" in lu and "Offre" in lu  # ce qui reste se cherche encore
    assert rendu.comptes == {"delattre": 1, "Merlin": 2}  # l'adresse la contient aussi
    assert noirs(rendu.pdf) > noirs(avant) + 0.001


def test_rien_d_autre_du_fichier_ne_passe():
    rendu = occulter(un_pdf(), Demande(termes=("Delattre",)))
    document = pypdfium2.PdfDocument(rendu.pdf)

    assert document.count_attachments() == 0
    assert not any(
        document.get_metadata_dict().get(cle) for cle in ("Title", "Author", "Subject", "Keywords")
    )


def test_les_formes_se_reconnaissent():
    rendu = occulter(un_pdf(), Demande(motifs=tuple(MOTIFS)))

    lu = texte(rendu.pdf)
    for secret in ("12 480,50", "1 040,04", "faitage.example", "06 12 34", "FR76"):
        assert secret not in lu
    assert list(rendu.comptes.values()) == [1, 1, 1, 2]


def test_un_mot_coupe_en_fin_de_ligne_se_trouve():
    rendu = occulter(un_pdf(("La société Delat-", "tre a répondu.")), Demande(termes=("Delattre",)))

    assert rendu.comptes == {"Delattre": 1}
    assert "Delat" not in texte(rendu.pdf) and "répondu" in texte(rendu.pdf)


def test_ce_qui_n_est_nulle_part_se_dit():
    rendu = occulter(un_pdf(), Demande(termes=("Dupont",)))
    assert rendu.absents == ("Dupont",)


def test_une_page_sans_texte_le_dit():
    rendu = occulter(un_pdf(()), Demande(termes=("Delattre",)))
    assert rendu.a_regarder == (
        "Page 1 : elle n'a pas de texte, sans doute numérisée. Rien n'y a été cherché.",
    )


def test_un_fichier_qui_n_est_pas_un_pdf_se_refuse():
    with pytest.raises(DocumentIllisible, match="abîmé"):
        occulter(b"PK\x03\x04 pas un PDF", Demande(termes=("Delattre",)))


@pytest.mark.parametrize(
    ("demande", "phrase"),
    [
        ({}, "au moins un mot"),
        ({"termes": ("a",)}, "trop court"),
        ({"termes": ("- ",)}, "trop court"),
        ({"motifs": ("age",)}, "inconnue"),
        ({"termes": ("mot",) * 201}, "200 mots"),
    ],
)
def test_une_demande_incomplete_dit_ce_qui_manque(demande, phrase):
    with pytest.raises(ValueError, match=phrase):
        Demande(**demande)


def test_sans_egard_aux_accents_ni_aux_traits():
    assert nu("Pruvôst-Delattre") == nu("PRUVOST DELATTRE") == "pruvostdelattre"
    assert places("la ﬁn de l'été", Demande(termes=("fin",)))["fin"] == [(3, 5)]


def test_un_vrai_document_de_la_maison():
    """Un PDF composé par la plateforme, avec ses polices embarquées et ses dessins."""
    pdf = recepisse.pdf(un_recepisse())
    rendu = occulter(pdf, Demande(termes=("Camille Dupont",)))

    assert "Camille Dupont" in texte_lu(pdf)
    assert rendu.comptes["Camille Dupont"] >= 1
    assert "Camille" not in texte(rendu.pdf) and "Saint-Ambroise" in texte_lu(rendu.pdf)
    assert len(rendu.pdf) < 3_000_000

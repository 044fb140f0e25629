"""Le PDF Factur-X : archivable, balisé, et porteur du XML exact ;
ses métadonnées annoncent le profil.
"""

from datetime import UTC, datetime

import pypdfium2
import pytest
from lxml import etree

from formats.document.modele import Chapitre, Document, Emetteur, Paragraphe
from formats.document.pdf import pdf
from formats.document.phrases import phrase
from formats.facture import en_cii, en_facturx, verifier, xml_de
from formats.facture.facturx import SCHEMA, marquer
from formats.facture.tests import exemples

VISIBLE = Document(
    titre="Facture",
    objet="Contribution 2027",
    reference="C-2027-0031",
    emetteur=Emetteur("Centre de gestion d'essai"),
    etabli_le=datetime(2027, 2, 1, tzinfo=UTC),
    chapitres=(
        Chapitre("Payer", (Paragraphe(phrase("1 753,42 €, en « toutes » lettres : é à ç.")),)),
    ),
)


@pytest.fixture(scope="module")
def octets():
    return en_facturx(exemples.facture(), visible=VISIBLE)


def metadonnees(octets):
    debut = octets.index(b"<x:xmpmeta")
    return etree.fromstring(octets[debut : octets.index(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")])


def test_le_pdf_porte_le_xml_de_la_facture_a_l_octet_pres(octets, ouvrier):
    assert xml_de(octets) == en_cii(exemples.facture())
    assert verifier(octets, ouvrier=ouvrier).est_bon


def test_ses_metadonnees_annoncent_un_pdf_a_3a_balise_et_le_profil_en_16931(octets):
    racine, fx = metadonnees(octets), f"{{{SCHEMA}}}"

    assert racine.findtext(".//{http://www.aiim.org/pdfa/ns/id/}part") == "3"
    assert racine.findtext(".//{http://www.aiim.org/pdfa/ns/id/}conformance") == "A"
    assert racine.findtext(".//{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    lues = [
        racine.findtext(f".//{fx}{nom}")
        for nom in ("DocumentType", "DocumentFileName", "Version", "ConformanceLevel")
    ]
    assert lues == ["INVOICE", "factur-x.xml", "1.0", "EN 16931"]


def test_chaque_propriete_factur_x_est_declaree_dans_le_schema_d_extension(octets):
    racine = metadonnees(octets)
    schemas = racine.findall(".//{http://www.aiim.org/pdfa/ns/extension/}schemas")
    declarees = {nom.text for nom in racine.iter("{http://www.aiim.org/pdfa/ns/property#}name")}

    assert (
        len(schemas) == 1
        and {etree.QName(e).localname for e in racine.iter(f"{{{SCHEMA}}}*")} <= declarees
    )


def test_la_table_des_objets_designe_chaque_objet(octets):
    """Le PDF modifié se relit : chaque place de sa table tombe sur l'objet qu'elle annonce."""
    debut = int(octets[octets.rindex(b"startxref") :].split()[1])
    places = octets[debut : octets.index(b"trailer", debut)].splitlines()[3:]

    assert octets[debut:].startswith(b"xref") and len(places) > 20
    for numero, place in enumerate(places, start=1):
        ou = int(place[:10])
        assert octets[ou:].startswith(b"%d 0 obj" % numero)


def test_le_document_visible_reste_celui_que_nous_composons(octets):
    lu = pypdfium2.PdfDocument(octets)

    assert "1 753,42 €" in lu[0].get_textpage().get_text_bounded().replace("\xa0", " ")
    assert (
        b"/AFRelationship/Alternative" in octets
        and b"/AF[" in octets
        and b"/StructTreeRoot" in octets
    )
    assert b"/Lang(fr" in octets and b"/Marked true" in octets


def test_sans_fichier_attache_un_document_reste_pdf_a_2a():
    assert metadonnees(pdf(VISIBLE)).findtext(".//{http://www.aiim.org/pdfa/ns/id/}part") == "2"


def test_un_pdf_ordinaire_ne_porte_pas_de_facture():
    (defaut,) = verifier(pdf(VISIBLE)).defauts

    assert "ne porte pas de fichier factur-x.xml" in defaut.phrase


def test_un_pdf_qui_n_est_pas_des_notres_ne_se_marque_pas():
    with pytest.raises(ValueError, match="métadonnées"):
        marquer(b"%PDF-1.7\n%%EOF")


def test_la_meme_facture_donne_les_memes_octets(octets):
    assert en_facturx(exemples.facture(), visible=VISIBLE) == octets

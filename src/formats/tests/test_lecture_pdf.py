"""Ce qui se lit d'un PDF : des paragraphes refaits à partir des lignes, page par page."""

import struct
import zlib

import pytest

from formats.lecture import DocumentIllisible
from formats.lecture.cesures import reunir
from formats.lecture.lacunes import pages_abimees, pages_sans_texte
from formats.lecture.lignes_pdf import Ligne
from formats.lecture.lire import lire_ici
from formats.lecture.pages_pdf import sans_en_tetes_repetes
from formats.tests.documents_lus import pdf

LONG = (
    "Le marché a pour objet la réfection de la couverture de l'école, "
    "avec isolation et désamiantage préalable. "
) * 3


def test_les_lignes_d_un_paragraphe_se_rejoignent():
    texte = lire_ici(pdf(f"{LONG}\n\nDeuxième paragraphe."))

    assert [" ".join(q.texte.replace("’", "'").split()) for q in texte.paragraphes] == [
        LONG.strip(),
        "Deuxième paragraphe.",
    ]


def test_un_texte_au_fer_a_gauche_se_rejoint_meme_quand_un_mot_long_laisse_un_blanc():
    texte = lire_ici(
        pdf(
            "#set par(justify: false)\n#set text(hyphenate: "
            f"false)\n{'mot ' * 19}{'anticonstitutionnellement' * 2} fin."
        )
    )

    assert len(texte.paragraphes) == 1


def test_les_titres_et_les_pages_se_lisent():
    texte = lire_ici(pdf("= Objet\nUn.\n#pagebreak()\n= Offres\n== Date\nMardi 15 décembre 2026."))

    assert [(q.texte, q.page, q.titre) for q in texte.paragraphes][-1] == (
        "Mardi 15 décembre 2026.",
        2,
        "2 Offres › 2.1 Date",
    )
    assert texte.paragraphes[-1].place == "page 2"


def test_une_rangee_de_tableau_est_un_paragraphe():
    texte = lire_ici(
        pdf(
            "#table(columns: 2, [Critères], [Pondération], [Prix], [60 %], [Valeur technique], "
            "[40 %])"
        )
    )

    assert [q.texte for q in texte.paragraphes] == [
        "Critères Pondération",
        "Prix 60 %",
        "Valeur technique 40 %",
    ]


def test_une_case_de_plusieurs_lignes_garde_sa_voisine():
    source = (
        "#table(columns: (3cm, 2cm), [Sous-critère : moyens humains et matériels], [15 %], [Prix], "
        "[60 %])"
    )

    assert [q.texte for q in lire_ici(pdf(source)).paragraphes] == [
        "Sous-critère : moyens humains et matériels 15 %",
        "Prix 60 %",
    ]


def test_les_elements_d_une_liste_restent_separes():
    texte = lire_ici(
        pdf(f"- {LONG[:180]} ;\n- le second.\n\nLot n° 1 : Gros œuvre\\\nLot n° 2 : Couverture")
    )

    assert [q.texte[:14].replace("’", "'") for q in texte.paragraphes] == [
        "• Le marché a ",
        "• le second.",
        "Lot n° 1 : Gro",
        "Lot n° 2 : Cou",
    ]


def test_un_en_tete_repete_se_lit_une_fois_et_le_numero_de_page_jamais():
    texte = lire_ici(
        pdf(
            "Un.\n#pagebreak()\nDeux.\n#pagebreak()\nTrois.\n#pagebreak()\nQuatre.",
            entete="Commune — RC",
        )
    )

    assert [q.texte for q in texte.paragraphes] == [
        "Commune — RC",
        "Un.",
        "Deux.",
        "Trois.",
        "Quatre.",
    ]


def test_une_ligne_de_marge_qui_ne_se_repete_pas_reste():
    def ligne(texte, page):
        return Ligne(
            texte=texte,
            gauche=50,
            droite=200,
            bas=20,
            haut=30,
            corps=10,
            est_grasse=False,
            page=page,
        )

    pages = [[ligne("Avant le 15/12/2026", 1)], [ligne("Signé", 2)], [ligne("Autre", 3)]]

    assert sans_en_tetes_repetes(pages, [842.0] * 3) == pages


def test_une_phrase_coupee_par_la_fin_d_une_page_se_recolle():
    texte = lire_ici(pdf("#v(23cm)\n" + "le marché de couverture " * 60))

    assert [q.page for q in texte.paragraphes] == [1]


@pytest.mark.parametrize(
    ("lignes", "texte"),
    [
        (["la sous-", "traitance"], "la sous-traitance"),
        (["une consul-", "tation"], "une consultation"),
        (["une consul\u00ad", "tation"], "une consultation"),
        (["Saint-", "Ambroise"], "Saint-Ambroise"),
        (["l'accord-", "cadre"], "l'accord-cadre"),
        (["fin de ligne -", "suite"], "fin de ligne - suite"),
        (
            ["sur https://marches.example.fr/", "2026-0142/."],
            "sur https://marches.example.fr/2026-0142/.",
        ),
        (["sur https://www.e-", "marchespublics.com"], "sur https://www.e-marchespublics.com"),
        (["sur https://www.e\u00ad", "marchespublics.com"], "sur https://www.e-marchespublics.com"),
        (["un", "deux"], "un deux"),
        (["n° 2026-", "0142"], "n° 2026-0142"),
    ],
)
def test_une_cesure_se_recolle_et_un_mot_compose_garde_son_trait(lignes, texte):
    assert reunir(lignes) == texte


def image() -> bytes:
    """Un PNG de quelques points : une page numérisée."""
    donnees = zlib.compress(b"".join(b"\x00" + bytes([120, 120, 120] * 8) for _ in range(8)))

    def bloc(nom, contenu):
        return (
            struct.pack(">I", len(contenu))
            + nom
            + contenu
            + struct.pack(">I", zlib.crc32(nom + contenu))
        )

    entete = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", donnees) + bloc(b"IEND", b"")
    )


NUMERISEE = f"#set page(numbering: none)\n#image(bytes({tuple(image())}), width: 10cm)\n"


def test_un_pdf_numerise_se_refuse_avec_son_nombre_de_pages():
    with pytest.raises(DocumentIllisible, match="ses 2 pages sont des images"):
        lire_ici(pdf(NUMERISEE + "#pagebreak()\n" + NUMERISEE))


def test_des_pages_numerisees_parmi_d_autres_se_disent():
    texte = lire_ici(
        pdf(
            f"Un texte de première page.\n#pagebreak()\n{NUMERISEE}#pagebreak()\nUn texte "
            "de troisième page."
        )
    )

    assert texte.lacunes == (
        "La page 2 est une image : elle n’a pas été lue. Le contrôle est donc partiel.",
    )
    assert [q.page for q in texte.paragraphes] == [1, 3]


def test_les_suites_de_pages_se_disent_en_peu_de_mots():
    assert pages_sans_texte([1, 3, 4, 5, 9]).startswith("Les pages 1, 3 à 5 et 9 sont des images")
    assert pages_abimees([2]).startswith("La page 2 est abîmée")

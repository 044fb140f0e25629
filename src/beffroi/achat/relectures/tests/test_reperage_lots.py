"""Les lots et les fichiers qu'un règlement nomme."""

import pytest

from beffroi.achat.relectures.rules.reperage import (
    fichiers_nommes,
    formats_nommes,
    lots,
    nombres_de_lots,
)
from beffroi.achat.relectures.tests.textes import tableau, texte


@pytest.mark.parametrize(
    "document",
    [
        texte("Lot n° 1 : Gros œuvre", "Lot n° 2 : Couverture"),
        texte("LOT N°01 – Gros œuvre", "LOT N°02 – Couverture"),
        texte("- Lot 1. Gros œuvre ;", "- Lot 2. Couverture."),
        texte(
            "Lot Désignation CPV",
            "1 Gros œuvre 45223220",
            "2 Couverture 45261210-9",
            "La suite du texte",
        ),
        texte("N° du lot Intitulé", "Lot 01 Gros œuvre", "Lot 02 Couverture"),
        tableau(("Lot", "Désignation"), ("1", "Gros œuvre"), ("2", "Couverture")),
        tableau(
            ("N° du lot", "Intitulé", "CPV"),
            ("01", "Gros œuvre", "45223220"),
            ("02", "Couverture", "45261210"),
        ),
        tableau(("Lots", "Objet"), ("Lot n° 1", "Gros œuvre"), ("Lot n° 2", "Couverture")),
    ],
)
def test_les_lots_se_lisent_en_liste_ou_en_tableau(document):
    assert [(t.valeur.numero, t.valeur.intitule) for t in lots(document)] == [
        (1, "Gros œuvre"),
        (2, "Couverture"),
    ]


def test_une_cellule_repliee_reste_dans_sa_rangee():
    """Un PDF coupe une cellule étroite : l'intitulé puis le code passent à la ligne."""
    document = texte(
        "Lot Désignation CPV",
        "1 Gros œuvre et",
        "démolition",
        "2 Couverture et",
        "étanchéité",
        "45261210",
        "Un candidat peut répondre à tous les lots.",
        "3 rue des Tilleuls",
    )

    lus = [(t.valeur.numero, t.valeur.intitule, t.valeur.cpv) for t in lots(document)]

    assert lus == [
        (1, "Gros œuvre et démolition", ()),
        (2, "Couverture et étanchéité", ("45261210",)),
    ]


@pytest.mark.parametrize(
    "document",
    [
        texte("Un candidat peut répondre à un ou plusieurs lots."),
        tableau(("N°", "Critère"), ("1", "Prix"), ("2", "Délai")),
    ],
)
def test_ce_qui_n_est_pas_un_lot_n_en_donne_pas(document):
    assert lots(document) == ()


@pytest.mark.parametrize(
    ("phrase", "nombre"),
    [
        ("La consultation est décomposée en 3 lots.", 3),
        ("Les travaux sont répartis en trois lots séparés", 3),
        ("Le marché comporte 12 lots", 12),
        ("Les prestations sont réparties en 4 (quatre) lots", 4),
        ("La consultation est allotie. Les travaux sont divisés en deux (2) lots.", 2),
    ],
)
def test_le_nombre_de_lots_annonce_se_lit(phrase, nombre):
    assert [t.valeur for t in nombres_de_lots(texte(phrase))] == [nombre]


@pytest.mark.parametrize(
    "phrase",
    [
        "Un candidat ne peut se voir attribuer plus de deux lots.",
        "Les offres portent au maximum sur 3 lots.",
    ],
)
def test_une_limite_n_est_pas_un_nombre_de_lots(phrase):
    assert nombres_de_lots(texte(phrase)) == ()


def test_les_formats_se_lisent_avec_ou_sans_point():
    assert [
        t.valeur for t in formats_nommes(texte("Formats : .doc, PDF, *.xls, DWG ; pas de .exe"))
    ] == [
        "doc",
        "pdf",
        "xls",
        "dwg",
        "exe",
    ]


def test_les_noms_de_fichiers_se_lisent():
    assert [
        t.valeur for t in fichiers_nommes(texte("Le CCTP (CCTP_lot1.pdf) et le bordereau BPU.xlsx"))
    ] == [
        "cctp_lot1.pdf",
        "bpu.xlsx",
    ]

"""Les critères et leurs poids, en phrase, en liste ou en tableau."""

from decimal import Decimal

import pytest

from beffroi.achat.relectures.rules.reperage import baremes, criteres, poids
from beffroi.achat.relectures.tests.textes import tableau, texte

TITRE = "7. Jugement des offres"


def lus(document):
    """Chaque critère, son poids, et ceux qui le partagent."""
    return [
        (
            c.critere.valeur.nom,
            int(c.critere.valeur.poids),
            [int(s.valeur.poids) for s in c.sous_criteres],
        )
        for bareme in baremes(document)
        for c in bareme.criteres
    ]


@pytest.mark.parametrize(
    ("ecrit", "nombre", "unite"),
    [
        ("60 %", "60", "%"),
        ("60%", "60", "%"),
        ("12,5 pour cent", "12.5", "%"),
        ("40 points", "40", "points"),
        ("40 pts", "40", "points"),
        ("noté 40/100", "40", "points"),
        ("coefficient 0,6", "0.6", "coefficient"),
        ("coef. 3", "3", "coefficient"),
    ],
)
def test_un_poids_se_lit(ecrit, nombre, unite):
    (trouve,) = poids(texte(f"Prix : {ecrit}"))

    assert (trouve.valeur.nombre, trouve.valeur.unite) == (Decimal(nombre), unite)


@pytest.mark.parametrize(
    "document",
    [
        texte(
            "Les critères pondérés suivants sont retenus :",
            "Prix : 60 %",
            "Valeur technique (40 %)",
        ),
        texte("60 % : prix", "40 % : valeur technique", titre=TITRE),
        texte("Prix 60 %, valeur technique 40 %", titre=TITRE),
        texte("60 % prix, 40 % valeur technique", titre=TITRE),
        texte(
            "1. Prix (pondération : 60 %)", "2. Valeur technique (pondération : 40 %)", titre=TITRE
        ),
        texte(
            "Critère n° 1 – Prix, pondéré à 60 %",
            "Critère n° 2 – Valeur technique, pondéré à 40 %",
            titre=TITRE,
        ),
        texte(
            "Prix : 60 points, au vu du montant du bordereau ;",
            "Valeur technique : 40 points, au vu du mémoire.",
            titre=TITRE,
        ),
        texte("Critères Pondération", "Prix 60", "Valeur technique 40", "Total 100", titre=TITRE),
        texte(
            "Les offres sont notées sur 100 points :",
            "Prix : 60 points",
            "Valeur technique : 40 points",
            titre=TITRE,
        ),
        texte("a) Prix : 60 points", "b) Valeur technique : 40 points", titre=TITRE),
        texte("Prix ........ 60 %", "Valeur technique ..... 40 %", "TOTAL : 100 %", titre=TITRE),
        texte(
            "L'offre est choisie selon ces critères d'attribution : "
            "prix (60 %) et valeur technique (40 %)."
        ),
        tableau(
            ("Critères", "Pondération"), ("Prix", "60 %"), ("Valeur technique", "40 %"), titre=TITRE
        ),
        tableau(
            ("Critères", "Pondération (%)"),
            ("Prix", "60"),
            ("Valeur technique", "40"),
            ("Total", "100"),
            titre=TITRE,
        ),
        tableau(
            ("N°", "Critère", "Points"),
            ("1", "Prix", "60"),
            ("2", "Valeur technique", "40"),
            titre=TITRE,
        ),
    ],
)
def test_un_bareme_se_lit_sous_toutes_ses_formes(document):
    assert [(nom.lower(), poids, sous) for nom, poids, sous in lus(document)] == [
        ("prix", 60, []),
        ("valeur technique", 40, []),
    ]
    assert baremes(document)[0].somme == 100


@pytest.mark.parametrize(
    "lignes",
    [
        ("Prix : 60 %", "Valeur technique : 40 %", "- moyens : 25 %", "- délai : 15 %"),
        (
            "Critère 1 : Prix : 60 %",
            "Critère 2 : Valeur technique : 40 %",
            "- moyens : 25 %",
            "- délai : 15 %",
        ),
        (
            "Prix : 60 %",
            "Valeur technique : 40 %",
            "Sous-critère 1 : moyens 25 %",
            "Sous-critère 2 : délai 15 %",
        ),
        ("Prix : 60 %", "Valeur technique : 40 %, dont moyens 25 %", "dont délai 15 %"),
        ("Prix (60 %), valeur technique (40 %), dont moyens (25 %) et délai (15 %)",),
    ],
)
def test_les_sous_criteres_partagent_le_poids_de_leur_critere(lignes):
    assert [(poids, sous) for _, poids, sous in lus(texte(*lignes, titre=TITRE))] == [
        (60, []),
        (40, [25, 15]),
    ]


def test_des_poids_a_99_se_lisent_a_99():
    (bareme,) = baremes(texte("Prix : 60 %", "Valeur technique : 39 %", titre=TITRE))

    assert bareme.somme == 99


def test_des_sous_criteres_annonces_qui_ne_font_pas_leur_critere_se_voient():
    document = texte(
        "Prix : 60 %",
        "Technique : 40 %",
        "Sous-critère a : moyens 20 %",
        "Sous-critère b : délai 15 %",
        titre=TITRE,
    )

    assert baremes(document)[0].criteres[1].somme_des_sous_criteres == 35


@pytest.mark.parametrize(
    ("document", "total"),
    [
        (
            texte(
                "Les offres sont notées sur 100 points :",
                "Prix : 60 points",
                "Technique : 35 points",
                titre=TITRE,
            ),
            100,
        ),
        (texte("Prix : 12 points", "Technique : 7 points", "Total : 20 points", titre=TITRE), 20),
        (
            tableau(
                ("Critère", "Points"),
                ("Prix", "60"),
                ("Technique", "35"),
                ("Total", "100"),
                titre=TITRE,
            ),
            100,
        ),
        (texte("Prix : 60 points", "Technique : 35 points", titre=TITRE), None),
    ],
)
def test_le_total_annonce_se_lit(document, total):
    assert baremes(document)[0].total_annonce == total


def test_chaque_lot_a_son_bareme():
    document = texte(
        "Lot n° 1 – Gros œuvre",
        "Prix : 60 %",
        "Technique : 40 %",
        "Lot n° 2 – Couverture",
        "Prix : 70 %",
        "Technique : 30 %",
        titre=TITRE,
    )

    assert [(bareme.lot, int(bareme.somme)) for bareme in baremes(document)] == [(1, 100), (2, 100)]


@pytest.mark.parametrize(
    "ligne",
    [
        "Une avance de 5 % est versée.",
        "La TVA est de 20 %.",
        "Une retenue de garantie de 5 % du montant est prélevée.",
        "Une note inférieure à 40 % est éliminatoire.",
        "L'écart par rapport à la moyenne dépasse 30 %.",
    ],
)
def test_un_pourcentage_qui_n_est_pas_un_poids_n_en_devient_pas_un(ligne):
    assert criteres(texte(ligne, titre=TITRE)) == ()


def test_un_pourcentage_ailleurs_n_est_pas_un_critere():
    assert criteres(texte("Prix : 60 %", titre="3. Paiement")) == ()

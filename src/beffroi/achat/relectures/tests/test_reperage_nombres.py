"""Les montants, les durées, les tailles et les numéros, tels que les acheteurs les écrivent."""

from decimal import Decimal

import pytest

from beffroi.achat.relectures.rules.reperage import (
    durees,
    montants,
    sirets,
    tailles,
    validites_des_offres,
)
from beffroi.achat.relectures.tests.textes import texte


@pytest.mark.parametrize(
    ("ecrit", "valeur", "taxe"),
    [
        ("90 000 € HT", "90000", "HT"),
        ("90 000,50 € H.T.", "90000.50", "HT"),
        ("90.000 euros", "90000", ""),
        ("1 250 000 euros hors taxes", "1250000", "HT"),
        ("500 € TTC", "500", "TTC"),
        ("90 k€ HT", "90000", "HT"),
        ("1 million d'euros", "1000000", ""),
        ("3113000 EUR", "3113000", ""),
        ("20 000 euros (HT)", "20000", "HT"),
    ],
)
def test_un_montant_se_lit(ecrit, valeur, taxe):
    (trouve,) = montants(texte(f"Maximum : {ecrit}, révisable"))

    assert (trouve.valeur.valeur, trouve.valeur.taxe) == (Decimal(valeur), taxe)


@pytest.mark.parametrize(
    "ecrit", ["90 000 habitants", "en 2026", "60 %", "article 20 euro-compatible"[:10]]
)
def test_un_nombre_sans_euro_n_est_pas_un_montant(ecrit):
    assert montants(texte(ecrit)) == ()


@pytest.mark.parametrize(
    ("ecrit", "nombre", "unite"),
    [
        ("120 jours", 120, "jours"),
        ("cent vingt (120) jours", 120, "jours"),
        ("4 mois", 4, "mois"),
        ("quatre mois", 4, "mois"),
        ("180 (cent quatre-vingts) jours", 180, "jours"),
        ("un an", 1, "ans"),
        ("48 heures", 48, "heures"),
        ("6 semaines", 6, "semaines"),
    ],
)
def test_une_duree_se_lit(ecrit, nombre, unite):
    assert [
        (t.valeur.nombre, t.valeur.unite) for t in durees(texte(f"pendant {ecrit} au plus"))
    ] == [(nombre, unite)]


@pytest.mark.parametrize(
    "phrase",
    [
        "Le délai de validité des offres est fixé à 120 jours à compter de la date limite.",
        "Les candidats sont tenus par leur offre pendant 120 jours.",
        "Durée de maintien des offres : 120 jours",
        "Les offres restent valables 120 jours.",
        (
            "Le délai pendant lequel le soumissionnaire est tenu de maintenir son "
            "offre est de 120 jours."
        ),
        "DELAI DE VALIDITE DES OFFRES : 120 JOURS",
    ],
)
def test_la_validite_des_offres_se_reconnait(phrase):
    (trouvee,) = validites_des_offres(texte(phrase))

    assert trouvee.valeur.en_jours == 120


def test_la_validite_des_offres_se_reconnait_a_son_titre():
    assert (
        validites_des_offres(texte("Quatre mois.", titre="3.4 Délai de validité des offres"))[
            0
        ].valeur.en_jours
        == 120
    )


def test_une_autre_duree_n_est_pas_une_validite():
    assert (
        validites_des_offres(
            texte("Les travaux durent 120 jours. Le paiement intervient sous 30 jours.")
        )
        == ()
    )


@pytest.mark.parametrize(
    ("ecrit", "octets"),
    [
        ("10 Mo", 10_000_000),
        ("10Mo", 10_000_000),
        ("2 Go", 2_000_000_000),
        ("500 Ko", 500_000),
        ("1,5 Go", 1_500_000_000),
        ("50 MB", 50_000_000),
        ("100 mégaoctets", 100_000_000),
        ("2 giga-octets", 2_000_000_000),
    ],
)
def test_une_taille_se_lit(ecrit, octets):
    assert [t.valeur for t in tailles(texte(f"Chaque fichier ne dépasse pas {ecrit}."))] == [octets]


def test_un_siret_se_lit_avec_ou_sans_espaces():
    assert [
        t.valeur
        for t in sirets(texte("SIRET : 216 201 780 00014, ou 21620178000014 ; tél. 03 21 00 00 00"))
    ] == [
        "21620178000014",
        "21620178000014",
    ]

"""Code du travail, art. L. 3133-1 (onze jours fériés) et L. 3134-13 (deux de plus
en Moselle et en Alsace).
"""

from datetime import date, timedelta

import pytest

from droit.feries import jour_ferie, paques

pytestmark = pytest.mark.article("Code du travail", "L. 3133-1")

# Comput grégorien, publié par le Bureau des longitudes.
PAQUES = {
    2019: (4, 21),
    2020: (4, 12),
    2021: (4, 4),
    2022: (4, 17),
    2023: (4, 9),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2028: (4, 16),
    2029: (4, 1),
    2030: (4, 21),
    2031: (4, 13),
    2032: (3, 28),
    2033: (4, 17),
    2034: (4, 9),
    2035: (3, 25),
}
ANNEES = pytest.mark.parametrize("annee", PAQUES)


def feries_de(annee: int, *, alsace_moselle: bool = False) -> dict[date, str]:
    tous = (date(annee, 1, 1) + timedelta(days=rang) for rang in range(366))
    return {
        jour: nom
        for jour in tous
        if jour.year == annee and (nom := jour_ferie(jour, alsace_moselle=alsace_moselle))
    }


@ANNEES
def test_paques_tombe_le_jour_publie(annee):
    assert paques(annee) == date(annee, *PAQUES[annee])


@ANNEES
def test_chaque_annee_a_ses_onze_jours_feries(annee):
    assert sorted(feries_de(annee).values()) == sorted(
        [
            "le 1er janvier",
            "le lundi de Pâques",
            "le 1er mai",
            "le 8 mai",
            "le jeudi de l'Ascension",
            "le lundi de Pentecôte",
            "le 14 juillet",
            "le 15 août",
            "le 1er novembre",
            "le 11 novembre",
            "le 25 décembre",
        ]
    )


@ANNEES
def test_les_fetes_mobiles_tombent_le_jour_de_leur_nom(annee):
    mobiles = {nom: jour.weekday() for jour, nom in feries_de(annee).items()}

    assert (mobiles["le lundi de Pâques"], mobiles["le lundi de Pentecôte"]) == (0, 0)
    assert mobiles["le jeudi de l'Ascension"] == 3


@pytest.mark.article("Code du travail", "L. 3134-13")
@ANNEES
def test_l_alsace_et_la_moselle_ont_deux_jours_de_plus(annee):
    de_plus = feries_de(annee, alsace_moselle=True).keys() - feries_de(annee).keys()

    assert de_plus == {paques(annee) - timedelta(days=2), date(annee, 12, 26)}


def test_une_ascension_un_8_mai_garde_un_seul_nom():
    assert jour_ferie(date(2025, 5, 8)) == "le 8 mai"

"""Le dernier jour d'une convention dénoncée :
de quantième à quantième, à tout jour du calendrier.
"""

from datetime import date, timedelta

import pytest

from beffroi.centre.conventions.rules.fin import fin_apres

TOUS_LES_JOURS = [
    date(2024, 1, 1) + timedelta(n) for n in range((date(2036, 1, 1) - date(2024, 1, 1)).days)
]


@pytest.mark.parametrize(
    ("recue", "effet"),
    [
        (date(2026, 1, 15), date(2026, 3, 15)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 12, 29), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 4, 29)),
        (date(2026, 7, 31), date(2026, 9, 30)),
    ],
)
def test_l_adherent_part_deux_mois_apres_que_le_centre_a_recu_sa_lettre(recue, effet):
    assert fin_apres("adherent", recue=recue).effet == effet


@pytest.mark.parametrize(
    ("recue", "effet"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 9, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_le_centre_resilie_six_mois_apres_que_l_adherent_a_recu_sa_lettre(recue, effet):
    assert fin_apres("centre", recue=recue).effet == effet


def test_apres_un_impaye_la_fin_est_le_jour_de_la_notification():
    assert fin_apres("impaye", recue=date(2026, 5, 4)).effet == date(2026, 5, 4)


def test_la_copie_aux_archives_est_rappelee_a_l_adherent_seul():
    dits = {
        par: " ".join(map(str, fin_apres(par, recue=date(2026, 5, 4)).motifs))
        for par in ("adherent", "centre")
    }

    assert "Archives départementales" in dits["adherent"]
    assert "Archives départementales" not in dits["centre"]


@pytest.mark.parametrize(("par", "mois"), [("adherent", 2), ("centre", 6)])
def test_a_tout_jour_de_2024_a_2035_le_quantieme_est_le_meme_ou_le_dernier_du_mois(par, mois):
    for recue in TOUS_LES_JOURS:
        effet = fin_apres(par, recue=recue).effet
        assert (effet.year * 12 + effet.month) - (recue.year * 12 + recue.month) == mois
        assert effet.day == recue.day or (effet.day < recue.day and (effet + timedelta(1)).day == 1)

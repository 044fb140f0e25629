"""Jusqu'à quand les parts se refont."""

import pytest

from beffroi.seance.repartage.rules import peut_changer_les_personnes


@pytest.mark.parametrize(
    "etat,tours,possible",
    [
        ("publiee", None, True),
        ("close", None, True),
        ("en_ouverture", None, False),
        ("depouillee", None, False),
        ("depouillee", 0, True),
        ("depouillee", 1, True),
        ("depouillee", 2, False),
        ("en_ouverture", 1, False),
    ],
)
def test_en_deux_temps_les_parts_se_refont_encore_avant_les_offres(etat, tours, possible):
    assert (
        peut_changer_les_personnes(etat=etat, cles_posees=True, tours=tours).favorable is possible
    )


def test_sans_cles_il_n_y_a_rien_a_refaire():
    assert not peut_changer_les_personnes(etat="publiee", cles_posees=False).favorable

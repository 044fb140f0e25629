"""Vingt envois du même instant, sur les deux moteurs : le budget tient, exactement."""

import pytest

from tests.serveurs.tempete import MOTEURS, tempete_sur

INCONNUS, PERMIS = 20, 5


@pytest.fixture(params=MOTEURS)
def tempete(request, tmp_path):
    with tempete_sur(request.param, tmp_path, "beffroi.socle.budgets.tests.tempete") as jouer:
        yield jouer


def test_vingt_envois_du_meme_instant_ne_passent_pas_a_vingt(tempete):
    bilan = tempete(INCONNUS, PERMIS)

    assert (bilan["passes"], bilan["comptes"]) == (PERMIS, PERMIS)

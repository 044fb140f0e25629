"""Plusieurs ouvriers au même instant, sur les deux moteurs : une tâche n'est prise que par un."""

import pytest

from tests.serveurs.tempete import MOTEURS, tempete_sur

OUVRIERS, TACHES = 4, 40


@pytest.fixture(params=MOTEURS)
def tempete(request, tmp_path):
    with tempete_sur(request.param, tmp_path, "beffroi.socle.fondations.tests.tempete") as jouer:
        yield jouer


def test_quatre_ouvriers_sur_la_meme_file_font_chaque_tache_une_fois(tempete):
    bilan = tempete(OUVRIERS, TACHES)

    assert bilan["faites"] == list(range(TACHES))
    assert (bilan["dites_faites"], bilan["essais"]) == (TACHES, [1] * TACHES)

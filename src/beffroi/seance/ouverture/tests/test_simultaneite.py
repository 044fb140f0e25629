"""Plusieurs personnes au même instant, sur les deux moteurs :
rien ne s'ouvre deux fois, rien ne se perd (fiabilité, R4).
"""

import pytest

from tests.serveurs.tempete import MOTEURS, tempete_sur


@pytest.fixture(params=MOTEURS)
def tempete(request, tmp_path):
    with tempete_sur(request.param, tmp_path, "beffroi.seance.ouverture.tests.tempete") as jouer:
        yield jouer


def test_huit_demandes_simultanees_font_une_seule_ouverture(tempete):
    bilan = tempete("ouverture", 8)

    assert (bilan["ouvertes"], bilan["fichiers"], bilan["au_journal"]) == (1, 1, 1)
    assert set(bilan["resultats"]) <= {"ouverte", "EnveloppeEnCours"}


def test_des_reponses_inscrites_pendant_que_les_cles_tournent_sont_toutes_comptees_et_ouvertes(
    tempete,
):
    bilan = tempete("entree", 12)

    assert bilan["resultats"] == {"depose": 12, "ouverte": 1}
    assert (bilan["fautes"], bilan["clotures"]) == ([], [12])
    assert (bilan["seance"], bilan["ouvertes"], bilan["oubliees"]) == ("close", 12, [])


def test_des_reponses_inscrites_pendant_que_la_seance_se_clot_ne_sont_pas_oubliees(tempete):
    bilan = tempete("fin", 12)

    assert bilan["resultats"]["depose"] == 12
    assert set(bilan["resultats"]) <= {"depose", "close", "RegleEnfreinte"}
    assert (bilan["fautes"], bilan["clotures"], bilan["oubliees"]) == ([], [12], [])

"""« À faire » : le délai pour compléter passé, une candidature que rien n'a décidée."""

from datetime import timedelta

import pytest

from beffroi.choix.candidatures.tests.scene import EXAMEN_LE, admise, decider, reponses_ouvertes
from beffroi.choix.candidatures.tests.test_services import AVANT, demander
from beffroi.faces.portail.a_faire import taches_de

pytestmark = pytest.mark.django_db
TITRE = "Décider des candidatures à compléter"


def titres(scene, le):
    return [tache.titre for tache in taches_de(scene.personne("martine"), le=le)]


def test_le_delai_passe_il_reste_a_decider_de_ce_qui_ne_l_est_pas(scene_de_seance):
    [pli, _] = reponses_ouvertes(scene_de_seance)
    demander(scene_de_seance, pli)

    assert TITRE not in titres(scene_de_seance, AVANT)
    assert TITRE in titres(scene_de_seance, AVANT + timedelta(seconds=1))
    decider(scene_de_seance, admise(pli))
    assert TITRE not in titres(scene_de_seance, AVANT + timedelta(days=1))
    assert EXAMEN_LE < AVANT

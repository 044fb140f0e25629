"""« À faire » demande de répondre aux questions, et se tait ensuite."""

import pytest

from beffroi.achat.consultations.tests.scene import agent
from beffroi.faces.portail.a_faire import taches_de
from beffroi.publicite.questions.tests.gestes import membre, poser, preparer, publier


@pytest.fixture
def consultation(scene):
    return scene.publiee()


@pytest.fixture
def sophie(scene):
    return membre(le=scene.le)


def test_a_faire_demande_de_repondre(scene, consultation, sophie):
    poser(consultation, sophie, le=scene.le)

    titres = [tache.titre for tache in taches_de(scene.martine, le=scene.le)]

    assert "Répondre à une question" in titres


def test_a_faire_se_tait_une_fois_la_reponse_publiee(scene, consultation, sophie):
    question = poser(consultation, sophie, le=scene.le)
    preparer(scene, question)
    publier(scene, question)

    assert "Répondre à une question" not in [
        tache.titre for tache in taches_de(scene.martine, le=scene.le)
    ]


def test_qui_lit_sans_repondre_n_a_rien_a_faire(scene, consultation, sophie):
    lectrice = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)
    poser(consultation, sophie, le=scene.le)

    assert taches_de(lectrice, le=scene.le) == []

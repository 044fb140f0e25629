"""« À faire » demande de lire, de relancer, et se tait ensuite."""

from datetime import timedelta

import pytest

from beffroi.consultations.tests.scene import agent, planter_la_scene
from beffroi.echanges import services
from beffroi.echanges.tests.gestes import envoyer, exemplaire, nommer, repondre
from beffroi.portail.a_faire import taches_de
from beffroi.questions.tests.gestes import membre
from beffroi.socle.horloge import maintenant


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())


@pytest.fixture
def consultation(scene):
    return scene.publiee()


@pytest.fixture
def sophie(scene, consultation):
    return nommer(consultation, membre(le=scene.le), le=scene.le)


def titres(personne, le):
    return [tache.titre for tache in taches_de(personne, le=le)]


def test_l_entreprise_a_un_courrier_a_lire_jusqu_a_ce_qu_elle_le_lise(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    avant = titres(sophie.utilisateur, scene.le)
    services.lire(fil=exemplaire(courrier, sophie).fil, par=sophie.utilisateur, maintenant=scene.le)

    assert ("Lire un courrier d'acheteur" in avant, titres(sophie.utilisateur, scene.le)) == (True, [])


def test_l_acheteur_a_une_reponse_a_lire_jusqu_a_ce_qu_il_la_lise(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    repondre(courrier, sophie, le=scene.le)
    avant = titres(scene.martine, scene.le)
    services.lire_les_retours(fil=exemplaire(courrier, sophie).fil, par=scene.martine, maintenant=scene.le)

    assert "Lire la réponse d'une entreprise" in avant
    assert "Lire la réponse d'une entreprise" not in titres(scene.martine, scene.le)


def test_l_acheteur_relance_au_bout_de_deux_jours(scene, consultation, sophie):
    envoyer(scene, consultation, sophie, le=scene.le)

    assert "Relancer un courrier non lu" not in titres(scene.martine, scene.le + timedelta(days=1))
    assert "Relancer un courrier non lu" in titres(scene.martine, scene.le + timedelta(days=2))


def test_qui_lit_sans_ecrire_n_a_rien_a_faire(scene, consultation, sophie):
    lectrice = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=("lecteur",), cle=False)
    repondre(envoyer(scene, consultation, sophie, le=scene.le), sophie, le=scene.le)

    assert taches_de(lectrice, le=scene.le) == []

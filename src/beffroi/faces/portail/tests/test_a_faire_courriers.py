"""« À faire » demande de lire, de relancer, et se tait ensuite."""

from datetime import timedelta

import pytest

from beffroi.achat.consultations.services import declarer_sans_suite
from beffroi.achat.consultations.tests.scene import agent
from beffroi.choix.echanges import services
from beffroi.choix.echanges.tests.gestes import envoyer, exemplaire, nommer, repondre
from beffroi.faces.portail.a_faire import taches_de
from beffroi.publicite.questions.tests.gestes import membre
from formats import dates


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

    assert ("Lire un courrier d'acheteur" in avant, titres(sophie.utilisateur, scene.le)) == (
        True,
        [],
    )


def demande_lue(scene, consultation, sophie):
    courrier = envoyer(
        scene, consultation, sophie, le=scene.le, reponse_avant=scene.le + timedelta(days=3)
    )
    services.lire(fil=exemplaire(courrier, sophie).fil, par=sophie.utilisateur, maintenant=scene.le)
    return courrier


def test_un_courrier_lu_qui_attend_une_reponse_reste_a_faire_jusqu_a_son_heure(
    scene, consultation, sophie
):
    demande_lue(scene, consultation, sophie)
    limite = scene.le + timedelta(days=3)

    (tache,) = taches_de(sophie.utilisateur, le=scene.le)
    assert (tache.titre, tache.echeance) == ("Répondre à un courrier d'acheteur", limite)
    assert dates.heure_limite(limite) in tache.quand and consultation.reference in tache.detail
    assert titres(sophie.utilisateur, limite) and not titres(
        sophie.utilisateur, limite + timedelta(seconds=1)
    )


def test_un_collegue_repond_et_plus_personne_n_a_a_repondre(scene, consultation, sophie):
    repondre(demande_lue(scene, consultation, sophie), sophie, le=scene.le + timedelta(minutes=1))

    assert titres(sophie.utilisateur, scene.le + timedelta(minutes=2)) == []


def test_une_reponse_d_avant_le_courrier_n_y_repond_pas(scene, consultation, sophie):
    repondre(
        envoyer(scene, consultation, sophie, le=scene.le - timedelta(hours=2)),
        sophie,
        le=scene.le - timedelta(hours=1),
    )
    demande_lue(scene, consultation, sophie)

    assert titres(sophie.utilisateur, scene.le) == ["Répondre à un courrier d'acheteur"]


def test_sans_suite_il_n_y_a_plus_a_repondre(scene, consultation, sophie):
    demande_lue(scene, consultation, sophie)
    declarer_sans_suite(
        consultation=consultation,
        motif="Le besoin cesse.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert titres(sophie.utilisateur, scene.le) == []


def test_l_acheteur_a_une_reponse_a_lire_jusqu_a_ce_qu_il_la_lise(scene, consultation, sophie):
    courrier = envoyer(scene, consultation, sophie, le=scene.le)
    repondre(courrier, sophie, le=scene.le)
    avant = titres(scene.martine, scene.le)
    services.lire_les_retours(
        fil=exemplaire(courrier, sophie).fil, par=scene.martine, maintenant=scene.le
    )

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

"""Rien ne reste en clair d'un essai interrompu : ni fichier entier, ni brouillon."""

from datetime import timedelta

import pytest

from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.services import enveloppes
from beffroi.seance.ouverture.services.clairs import espace_des_clairs
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import SEANCE_LE
from beffroi.socle.fondations.stockage import CleInconnue, stockage
from demo.cles import CAPACITE


@pytest.fixture
def seance(scene):
    scene.repond()
    return factories.seance_ouverte(scene)


@pytest.fixture
def interrompu(seance):
    """Un essai qui a descellé l'enveloppe, et s'est arrêté avant de le constater."""
    essai, _ = enveloppes.reserver_l_enveloppe(
        seance=seance, rang=1, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )
    enveloppes.desceller(essai, capacite=CAPACITE, le=SEANCE_LE)
    assert stockage().taille(premier_clair(essai)) > 0
    return essai


def premier_clair(ouverture) -> str:
    return f"{espace_des_clairs(ouverture, ouverture.essai)}/1"


def est_efface(ouverture) -> bool:
    try:
        stockage().lire(premier_clair(ouverture))
    except CleInconnue:
        return True
    return False


def test_une_suspension_efface_ce_que_l_essai_avait_ecrit(
    seance, interrompu, coffre_de_test, django_capture_on_commit_callbacks
):
    coffre_de_test.vider(seance.reference)

    with django_capture_on_commit_callbacks(execute=True):
        services.constater_la_perte_des_cles(seance=seance, maintenant=SEANCE_LE)

    assert est_efface(interrompu)


def test_reprendre_apres_l_echeance_du_bail_efface_l_essai_precedent(
    seance, interrompu, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        reprise = services.ouvrir_enveloppe_suivante(
            seance=seance,
            rang=1,
            capacite=CAPACITE,
            par=seance.presidee_par,
            maintenant=SEANCE_LE + timedelta(minutes=2),
        )

    assert est_efface(interrompu)
    assert (
        stockage().taille(reprise.fichiers.get().cle_de_stockage) == reprise.fichiers.get().taille
    )


def test_un_retardataire_efface_le_sien_et_jamais_celui_qui_compte(
    seance, interrompu, django_capture_on_commit_callbacks
):
    reprise = services.ouvrir_enveloppe_suivante(
        seance=seance,
        rang=1,
        capacite=CAPACITE,
        par=seance.presidee_par,
        maintenant=SEANCE_LE + timedelta(minutes=2),
    )
    contenu = enveloppes.desceller(interrompu, capacite=CAPACITE, le=SEANCE_LE)

    with django_capture_on_commit_callbacks(execute=True):
        enveloppes.constater_l_ouverture(
            ouverture=interrompu, contenu=contenu, par=seance.presidee_par, maintenant=SEANCE_LE
        )

    assert est_efface(interrompu)
    assert not est_efface(reprise)

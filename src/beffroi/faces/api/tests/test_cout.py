"""Ce qu'un envoi et un dépôt demandent à la base et au disque : cela seul borne une affluence."""

import os

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beffroi.faces.api.tests.logiciel import cible, deposer, ouvrir
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE

pytestmark = pytest.mark.django_db

# Points de reprise compris, que la transaction du test ajoute : une demande réelle en a moins.
POUR_ANNONCER_UNE_PARTIE = 6
POUR_RECEVOIR_UNE_PARTIE = 10
POUR_DEPOSER = 42
# Ses octets, puis le nom qui les tient : rien n'est dit reçu avant.
SYNCHRONISATIONS_D_UNE_PARTIE = 2


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


@pytest.fixture
def synchronisations(monkeypatch):
    faites, synchroniser = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda fichier: faites.append(synchroniser(fichier)))
    return faites


def test_une_partie_coute_peu_a_la_base_et_deux_synchronisations(
    logiciel, reponse, synchronisations
):
    scelle = factories.sceller(b"offre")
    fichier = ouvrir(logiciel, reponse, scelle)
    synchronisations.clear()

    with CaptureQueriesContext(connection) as annonce:
        ou = cible(logiciel, fichier, scelle)
    with CaptureQueriesContext(connection) as envoi:
        assert logiciel.envoyer(ou["url"], scelle.octets, ou["entetes"]).status_code == 204

    assert len(annonce) <= POUR_ANNONCER_UNE_PARTIE
    assert len(envoi) <= POUR_RECEVOIR_UNE_PARTIE
    assert len(synchronisations) == SYNCHRONISATIONS_D_UNE_PARTIE


def test_un_premier_depot_coute_peu_a_la_base(logiciel, reponse, pret):
    with CaptureQueriesContext(connection) as depot:
        recu = deposer(logiciel, reponse, pret)

    assert recu.status_code == 201
    assert len(depot) <= POUR_DEPOSER

"""Cinq fois plus de réponses : « Mes réponses » et « Mon entreprise » ne lisent pas plus."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import VEILLE

pytestmark = pytest.mark.django_db
PEU, BEAUCOUP = 2, 10
DEPOSEES = (("candidature", None), ("offre", 1))


@pytest.fixture(autouse=True)
def la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


def repondre(sophie):
    """Une réponse déposée, puis remplacée ; une autre envoyée, et pas déposée."""
    deposee = factories.Candidat(factories.consultation(lots=1), sophie)
    deposee.depose(*DEPOSEES)
    deposee.depose(*DEPOSEES)
    envoyee = factories.Candidat(factories.consultation(lots=1), sophie)
    envoyee.envoie(envoyee.commence(1), "offre", 1, "offre.pdf", b"contenu")


def lectures(client, adresse):
    client.get(adresse)
    with CaptureQueriesContext(connection) as lues:
        assert client.get(adresse).status_code == 200
    return len(lues)


@pytest.mark.parametrize("adresse", ["/mes-reponses/", "/entreprise/"])
def test_la_page_ne_lit_pas_plus(adresse):
    sophie = factories.membre()
    client = connecter(Client(), sophie.utilisateur)
    for _ in range(PEU):
        repondre(sophie)
    peu = lectures(client, adresse)
    for _ in range(PEU, BEAUCOUP):
        repondre(sophie)

    assert lectures(client, adresse) == peu

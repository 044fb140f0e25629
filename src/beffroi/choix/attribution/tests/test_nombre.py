"""Cinq fois plus de lots attribués : la page qui suit la consultation ne lit pas plus."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.choix.attribution.tests.scene import DECISION_LE
from beffroi.personnes.comptes.tests.personnes import connecter

PEU, BEAUCOUP = 2, 10


@pytest.fixture(scope="module")
def lots_de_l_appel_d_offres():
    return tuple(f"Lot {numero}" for numero in range(1, BEAUCOUP + 1))


def lues(client, consultation):
    adresse = reverse("consultations:suivre", args=(consultation.reference,))
    client.get(adresse)
    with CaptureQueriesContext(connection) as comptees:
        assert client.get(adresse).status_code == 200
    return len(comptees)


@time_machine.travel(DECISION_LE, tick=False)
def test_suivre_dix_lots_attribues_lit_autant_que_deux(ouvert):
    martine = connecter(Client(), ouvert.martine)
    for lot in range(1, PEU + 1):
        ouvert.attribuer(lot=lot)
    deux = lues(martine, ouvert.consultation)
    for lot in range(PEU + 1, BEAUCOUP + 1):
        ouvert.attribuer(lot=lot)

    assert lues(martine, ouvert.consultation) == deux

"""Ouvrir une question : la page se lit en une fois, quel que soit le nombre de lots."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.questionnaire import ECRANS
from beffroi.achat.preparation.tests.test_views import ACHAT, CRITERES, LOTS, adresse, repondre
from beffroi.personnes.comptes.tests.personnes import connecter

# La session, la personne, ses droits et la consultation ; la préparation et ses choix ; les lots,
# les pièces et les documents ; qui ouvre et avec quelles clés ; ce qui a été gardé ; les avis. Plus
# deux par gardien : la scène en a trois.
REQUETES = 21 + 2 * 3


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(client):
    client.post("/consultations/nouvelle/", ACHAT)
    creee = Consultation.toutes.get(titre="Toiture de l'école")
    repondre(client, creee, "montant", {"estime": "184 500", "duree_en_mois": "6"})
    repondre(client, creee, "lots", LOTS)
    repondre(client, creee, "criteres", CRITERES)
    return creee


@pytest.mark.parametrize("cle", ECRANS)
def test_une_question_s_ouvre_en_peu_de_requetes_et_ne_lit_rien_deux_fois(
    client, consultation, cle
):
    with CaptureQueriesContext(connection) as lues:
        reponse = client.get(adresse(consultation, cle))

    preparations = [
        requete for requete in lues if 'FROM "preparation_preparation"' in requete["sql"]
    ]
    assert reponse.status_code == 200
    assert len(lues) <= REQUETES
    assert len(preparations) == 1

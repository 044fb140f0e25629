"""Cinq fois plus d'équipes répondent : la table d'ouverture, le registre et « À faire » ne lisent
pas plus la base.
"""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.personnes.niveaux.tests import gestes as preuves
from beffroi.seance.ouverture.tests.factories import DEBUT, LIMITE, SEANCE_LE
from beffroi.seance.ouverture.tests.test_soumissionnaires import preparee

pytestmark = pytest.mark.django_db
PEU, BEAUCOUP = 3, 15


def repondre(scene, rang):
    """Une équipe de plus : la moitié dit le SIRET de Sophie, une sur trois l'a prouvé."""
    qui, siret = f"p{rang}", scene.troupe.equipes["faitage"].identifiant
    personne = creer_utilisateur(
        courriel=f"{qui}@rival.example", nom=f"Personne {rang}", maintenant=DEBUT
    )
    equipe = inscrit(personne, siret, nom=f"Atelier {rang}", le=DEBUT).equipe
    if rang % 3 == 0:
        preuves.constater(equipe, personne, le=DEBUT)
    scene.troupe.personnes[qui], scene.troupe.equipes[qui] = personne, equipe
    return scene.repond(qui, qui, le=LIMITE - timedelta(minutes=100 - rang))


@pytest.fixture(autouse=True)
def a_la_seance():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


@pytest.fixture
def lectures(scene):
    """Combien de fois chaque page lit la base, quand la séance se prépare."""
    seance = preparee(scene)
    client = connecter(Client(), seance.presidee_par)
    registre = reverse("registre_des_depots:registre", args=[scene.consultation.reference])
    table = reverse("ouverture:seance", args=[seance.reference])

    def compter():
        return {adresse: lire(client, adresse) for adresse in (table, registre, "/a-faire/")}

    return compter


def lire(client, adresse):
    client.get(adresse)
    with CaptureQueriesContext(connection) as lues:
        assert client.get(adresse).status_code == 200
    return len(lues)


def test_les_pages_de_la_seance_ne_lisent_pas_plus(scene, lectures):
    for rang in range(PEU):
        repondre(scene, rang)
    peu = lectures()
    for rang in range(PEU, BEAUCOUP):
        repondre(scene, rang)

    assert lectures() == peu

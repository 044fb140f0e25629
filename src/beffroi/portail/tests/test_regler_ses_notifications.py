"""Régler : ce qui s'arrête s'arrête, ce qu'un texte exige reste ; l'adresse de l'agenda se montre une fois."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from beffroi.notifications import queries
from tests.architecture.visites import seance_de

pytestmark = pytest.mark.django_db
PAGE = "/compte/notifications/"


@pytest.fixture
def martine(scene):
    client = Client()
    client.cookies = seance_de(scene.martine)
    return client


def test_decocher_arrete_le_resume_et_cocher_le_reprend(martine, scene):
    martine.post(PAGE, {})
    assert queries.preferences_de(scene.martine).resume_du_matin is False

    martine.post(PAGE, {"resume": "on"})
    assert queries.preferences_de(scene.martine).resume_du_matin is True


def test_les_courriels_qu_un_texte_exige_n_ont_pas_de_case(martine):
    page = martine.get(PAGE).content.decode()

    assert "Ce qui part toujours" in page and page.count('type="checkbox"') == 1


def test_l_adresse_de_l_agenda_se_montre_une_fois(martine):
    neuve = martine.post(reverse("notifications:ouvrir_l_agenda")).content.decode()
    chemin = re.search(r"/a-faire/[\w-]+\.ics", neuve).group()

    assert Client().get(chemin).status_code == 200
    assert chemin not in martine.get(PAGE).content.decode()


def test_fermer_depuis_la_page(martine):
    chemin = re.search(r"/a-faire/[\w-]+\.ics", martine.post(reverse("notifications:ouvrir_l_agenda")).content.decode())
    martine.post(reverse("notifications:fermer_l_agenda"))

    assert Client().get(chemin.group()).status_code == 404

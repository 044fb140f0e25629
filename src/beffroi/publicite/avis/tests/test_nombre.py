"""Cinq fois plus de journaux : les pages de la publicité ne lisent pas plus."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.publicite.avis.models import Parution
from beffroi.publicite.avis.tests.test_services import demander, ecrire, preparer

PEU, BEAUCOUP = 2, 10
AU_PLUS = 25


@pytest.fixture(autouse=True)
def support(settings):
    """La plateforme envoie elle-même : chaque envoi demandé attend dans la file."""
    voies = "beffroi.publicite.avis.tests.test_services.voies_d_essai"
    settings.ADAPTATEURS = {**settings.ADAPTATEURS, "avis.PublicateursDAvis": voies}


def envoyer(scene, avis, rangs):
    for rang in rangs:
        journal = preparer(scene, avis, Parution.Support.JAL, nom_du_support=f"Journal {rang}")
        demander(scene, journal)


def lues(martine, page, *arguments):
    adresse = reverse(f"avis:{page}", args=arguments)
    martine.get(adresse)
    with CaptureQueriesContext(connection) as comptees:
        assert martine.get(adresse).status_code == 200
    return len(comptees)


def test_dix_journaux_se_lisent_comme_deux(scene, martine, consultation):
    avis = ecrire(scene, consultation)
    pages = [
        ("avis", consultation.reference, avis.reference),
        ("publicite", consultation.reference),
    ]
    envoyer(scene, avis, range(PEU))
    deux = [lues(martine, *page) for page in pages]
    envoyer(scene, avis, range(PEU, BEAUCOUP))

    assert [lues(martine, *page) for page in pages] == deux
    assert max(deux) <= AU_PLUS

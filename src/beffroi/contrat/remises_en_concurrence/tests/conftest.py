"""Une commune, ses entreprises, et un accord-cadre dont deux entreprises sont titulaires."""

import copy

import pytest

from beffroi.contrat.remises_en_concurrence.tests import scene
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401
from tests.semis import semee


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with une_commune(django_db_blocker, lots=()) as creee:
        yield creee


@pytest.fixture
def troupe(commune, db):
    return copy.deepcopy(commune).troupe


@pytest.fixture
@semee
def accord(troupe):
    return scene.accord_cadre(troupe)


@pytest.fixture
@semee
def partie(troupe, accord):
    """La demande envoyée aux deux titulaires."""
    ouverte = scene.remise(troupe, accord)
    scene.envoyer(troupe, ouverte)
    ouverte.refresh_from_db()
    ouverte.consultation.refresh_from_db()
    return ouverte

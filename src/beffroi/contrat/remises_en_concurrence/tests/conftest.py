"""Une commune, ses entreprises, et un accord-cadre dont deux entreprises sont titulaires."""

import copy

import pytest

from beffroi.contrat.remises_en_concurrence.tests import scene
from tests.semis import semee


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture(scope="module")
def commune(une_commune):
    return une_commune()


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

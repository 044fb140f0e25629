"""Un appel d'offres restreint par fichier de tests, ses candidatures déjà ouvertes."""

import copy

import pytest

from beffroi.choix.selection.tests.scene import candidatures_ouvertes
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401


@pytest.fixture(scope="module")
def procedure():
    return "appel_offres_restreint"


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker, procedure):
    with une_commune(django_db_blocker, procedure=procedure) as creee:
        yield creee


@pytest.fixture
def scene(commune, db):
    return copy.deepcopy(commune)


@pytest.fixture
def restreint(scene):
    return candidatures_ouvertes(scene)

"""Une consultation dont les offres sont ouvertes,
pour les contrats qui naissent d'une attribution.
"""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import offres_ouvertes
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401


@pytest.fixture(scope="module")
def procedure():
    return "procedure_adaptee_ouverte"


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker, procedure):
    with une_commune(django_db_blocker, lots=()) as creee:
        creee.consultation.type_de_procedure = procedure
        creee.consultation.save(update_fields=["type_de_procedure"])
        yield creee


@pytest.fixture(scope="module")
def deja_ouvert(commune):
    return offres_ouvertes(commune)


@pytest.fixture
def ouvert(deja_ouvert, db):
    """Les offres, telles qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(deja_ouvert)

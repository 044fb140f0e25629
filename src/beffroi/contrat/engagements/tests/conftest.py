"""Un accord-cadre à deux titulaires, né d'une décision :
ses lettres sont parties, il reste à signer.
"""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import offres_ouvertes
from beffroi.contrat.engagements.tests import scene
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    with une_commune(django_db_blocker, lots=()) as creee:
        creee.consultation.type_de_procedure = "procedure_adaptee_ouverte"
        creee.consultation.save(update_fields=["type_de_procedure"])
        yield creee


@pytest.fixture(scope="module")
def deja_ouvert(commune):
    """Le contrat y est déjà : ce qu'un test y ajoute s'efface avec lui."""
    ouvert = offres_ouvertes(commune)
    return ouvert, scene.ouvrir_le_contrat(ouvert)


@pytest.fixture
def ouvert(deja_ouvert, db):
    return copy.deepcopy(deja_ouvert[0])


@pytest.fixture
def marche(deja_ouvert, db):
    return copy.deepcopy(deja_ouvert[1])

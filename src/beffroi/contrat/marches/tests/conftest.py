"""Une consultation dont les offres sont ouvertes,
pour les contrats qui naissent d'une attribution.
"""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import offres_ouvertes


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture(scope="module")
def deja_ouvert(une_commune):
    commune = une_commune()
    commune.consultation.type_de_procedure = "procedure_adaptee_ouverte"
    commune.consultation.save(update_fields=["type_de_procedure"])
    return offres_ouvertes(commune)


@pytest.fixture
def ouvert(deja_ouvert, db):
    """Les offres, telles qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(deja_ouvert)

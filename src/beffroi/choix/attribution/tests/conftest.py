"""La scène de la commission :
un appel d'offres ouvert par fichier de tests, ses offres déjà ouvertes.
"""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import offres_ouvertes


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture(scope="module")
def deja_ouvert(commune_en_appel_d_offres, lots_de_l_appel_d_offres):
    lots = tuple(range(1, len(lots_de_l_appel_d_offres) + 1)) or (None,)
    return offres_ouvertes(commune_en_appel_d_offres, lots=lots)


@pytest.fixture
def ouvert(deja_ouvert, db):
    """Les offres, telles qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(deja_ouvert)

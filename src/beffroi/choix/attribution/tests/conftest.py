"""La scène de la commission :
un appel d'offres ouvert par fichier de tests, ses offres déjà ouvertes.
"""

import copy

import pytest

from beffroi.choix.attribution.tests.scene import offres_ouvertes
from beffroi.choix.commissions.tests.conftest import coffre_de_test, commune, lots, procedure  # noqa: F401


@pytest.fixture(scope="module")
def deja_ouvert(commune, lots):  # noqa: F811
    return offres_ouvertes(commune, lots=tuple(range(1, len(lots) + 1)) or (None,))


@pytest.fixture
def ouvert(deja_ouvert, db):
    """Les offres, telles qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(deja_ouvert)

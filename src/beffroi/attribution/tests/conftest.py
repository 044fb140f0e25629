"""La scène de la commission : un appel d'offres ouvert par fichier de tests, ses offres déjà ouvertes."""

import pytest

from beffroi.attribution.tests.scene import offres_ouvertes
from beffroi.commissions.tests.conftest import coffre_de_test, commune, lots, procedure, scene  # noqa: F401


@pytest.fixture
def ouvert(scene, lots):  # noqa: F811
    return offres_ouvertes(scene, lots=tuple(range(1, len(lots) + 1)) or (None,))

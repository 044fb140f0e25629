"""Un appel d'offres ouvert en deux lots :
le premier s'attribue et se signe, le second reste sans attributaire.
"""

import copy

import pytest

from beffroi.contrat.achevement.tests.scene import LOTS, en_procedure, jouer
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401
from formats.avis.tests.autorite import kit  # noqa: F401


@pytest.fixture(scope="module")
def procedure():
    return "appel_offres_ouvert"


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker, procedure):
    with une_commune(django_db_blocker, lots=LOTS) as creee:
        en_procedure(creee.consultation, procedure)
        yield creee


@pytest.fixture(scope="module")
def deja_conclu(commune):
    return jouer(commune)


@pytest.fixture
def conclu(deja_conclu, db):
    """Le marché, tel que conclu : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(deja_conclu)

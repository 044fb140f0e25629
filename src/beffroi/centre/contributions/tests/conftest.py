import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from tests.semis import semee


@pytest.fixture
@semee
def fanny(db):
    """La gestionnaire."""
    return agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.fixture
@semee
def olivier(db):
    """L'ordonnateur."""
    return agent_du_centre("Olivier Prud'homme", "ordonnateur")


@pytest.fixture
@semee
def grille(fanny):
    return garder_la_grille(fanny)

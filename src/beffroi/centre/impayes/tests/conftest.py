import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.centre.impayes.tests import gestes
from tests.semis import semee


@pytest.fixture
@semee
def fanny(db):
    """La gestionnaire : elle relance, et note les preuves."""
    return agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.fixture
@semee
def olivier(db):
    """L'ordonnateur : il décide."""
    return agent_du_centre("Olivier Prud'homme", "ordonnateur")


@pytest.fixture
@semee
def impayee(fanny, olivier):
    """Une contribution de 250 €, à payer le 4 février 2027 au plus tard."""
    garder_la_grille(fanny)
    return gestes.une_impayee(1, fanny, olivier)

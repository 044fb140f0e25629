import pytest

from beffroi.centre.contributions.tests.gestes import garder_la_grille
from beffroi.centre.impayes.tests import gestes
from tests.semis import semee


@pytest.fixture
@semee
def impayee(fanny, olivier):
    """Une contribution de 250 €, à payer le 4 février 2027 au plus tard."""
    garder_la_grille(fanny)
    return gestes.une_impayee(1, fanny, olivier)

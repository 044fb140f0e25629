import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.centre.recettes.tests.gestes import appel_emis
from tests.semis import semee


@pytest.fixture
@semee
def solange(db):
    """La comptable."""
    return agent_du_centre("Solange Petitprez", "comptable")


@pytest.fixture
@semee
def emis(fanny, olivier):
    """Béthune et Avion, appelées 1 000 € et 500 € le 4 janvier 2027 ;
    Bomy, à qui rien n'est demandé.
    """
    garder_la_grille(fanny)
    return appel_emis(fanny, olivier)

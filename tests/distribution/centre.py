"""Le centre de gestion : qui y travaille, et la grille de ses contributions."""

import pytest

from beffroi.centre.contributions.models import Grille
from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.personnes.comptes.models import Utilisateur
from tests.semis import semee


@pytest.fixture
@semee
def fanny(db: None) -> Utilisateur:
    """La gestionnaire : elle appelle, elle relance, elle note les preuves."""
    return agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.fixture
@semee
def olivier(db: None) -> Utilisateur:
    """L'ordonnateur : il décide."""
    return agent_du_centre("Olivier Prud'homme", "ordonnateur")


@pytest.fixture
@semee
def grille(fanny: Utilisateur) -> Grille:
    return garder_la_grille(fanny)

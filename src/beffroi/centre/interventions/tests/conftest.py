import pytest

from beffroi.centre.interventions.tests import theatre


@pytest.fixture
def fanny(db):
    return theatre.agent(theatre.centre(), "Fanny Roussel", "technicien")


@pytest.fixture
def bomy(db):
    return theatre.en_service()

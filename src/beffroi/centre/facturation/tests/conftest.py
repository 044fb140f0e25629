import pytest

from beffroi.centre.facturation.tests.gestes import emettre


@pytest.fixture
def emis(fanny, olivier, grille):
    """L'appel 2027 émis : une ville payante, une gratuite, une payante sans adresse."""
    return emettre(fanny, olivier)

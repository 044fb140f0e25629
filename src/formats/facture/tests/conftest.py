import pytest

from formats.schematron import Ouvrier


@pytest.fixture(scope="session")
def ouvrier():
    """Un moteur pour tous ces tests : compiler les règles prend quelques secondes."""
    ouvrier = Ouvrier()
    yield ouvrier
    ouvrier.arreter()

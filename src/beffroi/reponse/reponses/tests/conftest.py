import pytest


@pytest.fixture(autouse=True)
def _disque_neuf(stockage_a_part):
    """Chaque test a son disque."""

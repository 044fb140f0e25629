"""La consultation où l'on dépose."""

import pytest


@pytest.fixture(autouse=True)
def _disque_neuf(stockage_a_part):
    """Chaque test a son disque."""


@pytest.fixture
def consultation(consultation_du_depot):
    return consultation_du_depot

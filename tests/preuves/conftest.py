"""Une réponse dont tout se prouve, et un prestataire qui horodate."""

import pytest

from beffroi.reponse.depots.tests import factories
from sceau import timestamp


@pytest.fixture
def consultation(settings, tmp_path, stockage_a_part):
    settings.DONNEES = tmp_path
    return factories.consultation()


@pytest.fixture
def faitage(consultation):
    return factories.Candidat(consultation)


@pytest.fixture
def prestataire():
    return timestamp.Authority.create(factories.VEILLE, "Prestataire qualifié d'essai")

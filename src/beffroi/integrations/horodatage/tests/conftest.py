import pytest

from beffroi.integrations.horodatage.tests.prestataire import Prestataire


@pytest.fixture
def prestataire():
    service = Prestataire()
    yield service
    service.serveur.shutdown()
    service.serveur.server_close()


@pytest.fixture
def autre_prestataire():
    service = Prestataire()
    yield service
    service.serveur.shutdown()
    service.serveur.server_close()

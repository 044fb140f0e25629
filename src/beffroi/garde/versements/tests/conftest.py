"""L'heure de la scène, et un service d'archives que l'on fait parler."""

import pytest

from beffroi.garde.versements import ports
from beffroi.garde.versements.services import envois
from beffroi.garde.versements.tests.scene import LE, FauxService
from beffroi.garde.versements.views import remise, versement


@pytest.fixture
def heure(monkeypatch):
    monkeypatch.setattr(envois, "horloge", lambda: LE)
    for module in (remise, versement):
        monkeypatch.setattr(module, "maintenant", lambda: LE)


@pytest.fixture
def service(monkeypatch, heure):
    """Un service d'archives réglé."""
    faux = FauxService()
    monkeypatch.setattr(ports, "service_d_archivage", lambda: faux)
    return faux


@pytest.fixture
def sans_service(monkeypatch, heure):
    monkeypatch.setattr(ports, "service_d_archivage", lambda: None)

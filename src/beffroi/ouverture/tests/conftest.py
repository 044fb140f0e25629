"""Un coffre neuf par test, dans ce processus."""

import pytest

from beffroi.ouverture import coffre
from beffroi.ouverture.tests import factories


@pytest.fixture(autouse=True)
def coffre_de_test(settings, monkeypatch):
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    settings.ADAPTATEURS = {**settings.ADAPTATEURS, "ouverture.Coffre": "beffroi.ouverture.coffre.en_memoire"}
    return tenu


@pytest.fixture
def scene(db):
    return factories.scene()

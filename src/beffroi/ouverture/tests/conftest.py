"""Un coffre neuf par test, et un jeton d'horodatage sans calcul : le vrai est prouvé dans `journal` et `sceau`."""

import hashlib

import pytest

from beffroi.coffre import coffre
from beffroi.journal import chainage
from beffroi.ouverture.tests import factories


@pytest.fixture(autouse=True)
def coffre_de_test(settings, monkeypatch):
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    monkeypatch.setattr(chainage, "jeton_local", lambda texte, *, le: hashlib.sha256(texte.encode()).digest())
    return tenu


@pytest.fixture
def scene(db):
    return factories.scene()

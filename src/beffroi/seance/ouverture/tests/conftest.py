"""Un coffre neuf par test, une commune par fichier, et un jeton d'horodatage sans calcul :
le vrai est prouvé ailleurs.
"""

import copy
import hashlib
from contextlib import contextmanager

import pytest
from django.db import transaction

from beffroi.seance.coffre import coffre
from beffroi.seance.ouverture.tests import factories
from beffroi.socle.journal import chainage


def jeton_sans_calcul(texte, *, le):
    return hashlib.sha256(texte.encode()).digest()


@pytest.fixture(autouse=True)
def coffre_de_test(settings, monkeypatch):
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    monkeypatch.setattr(chainage, "jeton_local", jeton_sans_calcul)
    return tenu


@contextmanager
def une_commune(bloqueur, *, jeton=jeton_sans_calcul, **options):
    """Créée dans une transaction jamais validée : le journal refuse l'oubli."""
    with bloqueur.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as substitut:
        tenu = coffre.CoffreEnMemoire()
        substitut.setattr(coffre, "en_memoire", lambda: tenu)
        substitut.setattr(chainage, "jeton_local", jeton)
        yield factories.scene(**options)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker):
    """La commune de tout un fichier de tests. Un autre marché demande un autre fichier."""
    with une_commune(django_db_blocker) as creee:
        yield creee


@pytest.fixture
def scene(commune, db):
    """La commune, telle qu'au départ : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(commune)

"""La séance : une commune par fichier, un coffre neuf par test, des jetons sans calcul."""

import copy
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from beffroi.seance.coffre import coffre
from beffroi.seance.ouverture.tests.factories import Scene, scene
from beffroi.socle.journal import chainage
from beffroi.socle.journal.tests.jetons import jeton_sans_calcul

UneCommune = Callable[..., Scene]


@pytest.fixture
def coffre_de_test(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> coffre.CoffreEnMemoire:
    tenu = coffre.CoffreEnMemoire()
    monkeypatch.setattr(coffre, "en_memoire", lambda: tenu)
    monkeypatch.setattr(chainage, "jeton_local", jeton_sans_calcul)
    return tenu


@contextmanager
def commune(bloqueur: Any, *, jeton: Any = jeton_sans_calcul, **options: Any) -> Iterator[Scene]:
    """Créée dans une transaction jamais validée : le journal refuse l'oubli."""
    with bloqueur.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as substitut:
        tenu = coffre.CoffreEnMemoire()
        substitut.setattr(coffre, "en_memoire", lambda: tenu)
        substitut.setattr(chainage, "jeton_local", jeton)
        yield scene(**options)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def une_commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[UneCommune]:
    """Plante la commune de tout un fichier de tests. Un autre marché demande un autre fichier."""
    with ExitStack() as jusqu_a_la_fin_du_fichier:
        yield lambda **options: jusqu_a_la_fin_du_fichier.enter_context(
            commune(django_db_blocker, **options)
        )


@pytest.fixture(scope="module")
def commune_de_seance(une_commune: UneCommune) -> Scene:
    return une_commune()


@pytest.fixture
def scene_de_seance(
    commune_de_seance: Scene, coffre_de_test: coffre.CoffreEnMemoire, db: None
) -> Scene:
    """La commune, telle qu'au départ : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(commune_de_seance)

"""La commune de tout le dossier, ses jetons d'horodatage calculés pour de vrai :
les récépissés les relisent.
"""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from beffroi.seance.ouverture.tests import factories


@pytest.fixture(scope="module")
def commune(django_db_setup: None, django_db_blocker: Any) -> Iterator[factories.Scene]:
    """Créée dans une transaction jamais validée : le journal refuse l'oubli."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield factories.scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(commune: factories.Scene, db: None) -> factories.Scene:
    return copy.deepcopy(commune)

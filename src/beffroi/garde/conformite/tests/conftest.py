from datetime import date

import pytest

from beffroi.centre.conventions import queries, taches
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.tests import gestes
from beffroi.garde.conformite.tests.sortie import ACCUSE, FIN, noter


@pytest.fixture
def partie(db) -> Convention:
    """Dénoncée, close au lendemain du dernier jour, remise et accusée."""
    gestes.le_centre()
    gestes.denoncee()
    taches.faire_le_tour(gestes.lendemain(FIN))
    convention = queries.conventions().select_related("adherent__organisme").get()
    for etape, jour in (("remis_le", date(2027, 1, 10)), ("accuse_le", ACCUSE)):
        noter(convention, etape, jour)
    return convention

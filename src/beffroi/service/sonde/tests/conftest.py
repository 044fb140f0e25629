from datetime import UTC, datetime

import pytest

from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.monde import agent

# Avant tout ce que les essais mesurent : qui n'est pas encore là ne se prévient pas.
INSTALLE_LE = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def centre(db):
    """L'exploitant, et la personne qui tient la plateforme."""
    le = INSTALLE_LE
    organisme = creer_organisme(
        nom="Centre de gestion",
        siret="28620001900011",
        role="exploitant",
        par=PLATEFORME,
        maintenant=le,
    )
    agent("Fanny Technicienne", organisme, {"technicien"}, maintenant=le)
    agent("Jules Juriste", organisme, {"juriste"}, maintenant=le)
    return organisme

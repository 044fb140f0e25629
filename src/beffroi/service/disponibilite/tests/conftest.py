"""La technicienne du centre, qui supervise."""

import pytest

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from tests.architecture.monde import agent


@pytest.fixture
def technicienne(client, db):
    """Connectée."""
    le = maintenant()
    centre = creer_organisme(
        nom="Centre de gestion",
        siret="28620001900011",
        role="exploitant",
        par=PLATEFORME,
        maintenant=le,
    )
    return connecter(client, agent("Fanny Technicienne", centre, {"technicien"}, maintenant=le))

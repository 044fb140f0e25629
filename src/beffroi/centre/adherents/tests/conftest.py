"""Le centre, et Bomy activée."""

import pytest

from beffroi.centre.adherents import services
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.tests.gestes import SIRET_DE_BOMY, adherent
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME


@pytest.fixture
def centre(db: None) -> Organisme:
    return creer_organisme(
        nom="Centre", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=LUNDI
    )


@pytest.fixture
def bomy(db: None) -> Adherent:
    bomy = adherent(siret=SIRET_DE_BOMY)
    martine = services.Administrateur(courriel="m@bomy.example", nom="Martine")
    services.activer(adherent=bomy, administrateur=martine, par=PLATEFORME, maintenant=LUNDI)
    bomy.refresh_from_db()
    return bomy

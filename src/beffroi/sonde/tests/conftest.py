import pytest

from beffroi.journal.acteurs import PLATEFORME
from beffroi.organismes.services import creer_organisme
from beffroi.socle.horloge import maintenant
from tests.architecture.monde import agent


@pytest.fixture
def centre(db):
    """L'exploitant, et la personne qui tient la plateforme."""
    le = maintenant()
    organisme = creer_organisme(
        nom="Centre de gestion", siret="28620001900011", role="exploitant", par=PLATEFORME, maintenant=le
    )
    agent("Fanny Technicienne", organisme, {"technicien"}, maintenant=le)
    agent("Jules Juriste", organisme, {"juriste"}, maintenant=le)
    return organisme

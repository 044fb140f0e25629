import pytest

from beffroi.reponse.depots.tests import factories
from tests.semis import plante


@pytest.fixture(autouse=True)
def _stockage_a_part(settings, tmp_path):
    """Chaque test a son disque."""
    from beffroi.socle.fondations.stockage import stockage

    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "fichiers", "dossier": tmp_path / "fichiers"}
    stockage.cache_clear()
    yield
    stockage.cache_clear()


@pytest.fixture
def consultation(db):
    return plante("consultation du dépôt", factories.consultation, le=factories.VEILLE)


@pytest.fixture
def faitage(consultation):
    """Sophie Merlin, de l'Atelier du Faîtage."""
    sophie = plante("Sophie Merlin", factories.membre, le=factories.VEILLE)
    return factories.Candidat(consultation, sophie)

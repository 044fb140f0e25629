import pytest

from beffroi.reponse.depots.tests import factories


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
    return factories.consultation()


@pytest.fixture
def faitage(consultation):
    """Sophie Merlin, de l'Atelier du Faîtage."""
    return factories.Candidat(consultation)

"""Le récépissé d'un vrai dépôt, tel que l'entreprise le reçoit."""

import pytest

from beffroi.reponse.depots import recepisse
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import chainage


@pytest.fixture
def recu(db, tmp_path, settings):
    settings.STOCKAGE = {**settings.STOCKAGE, "dossier": tmp_path / "fichiers"}
    stockage.cache_clear()
    pli = factories.Candidat(factories.consultation()).depose(("offre", None))
    fichier = tmp_path / "recu.zip"
    fichier.write_bytes(recepisse.archive_du_recu(pli))
    yield fichier
    stockage.cache_clear()


@pytest.fixture
def sous_cle() -> list[str]:
    """Ce qu'une personne tape quand elle connaît la clé du registre."""
    return ["--cle", chainage.signataire().vkey]

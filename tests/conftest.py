"""La démonstration jouée une fois pour toute la série, puis recopiée par qui en a besoin."""

import fcntl
import json
import os

import pytest

from tests.plateforme import Plateforme
from tests.serveurs.modele import recopier_en_sqlite


@pytest.fixture(scope="session")
def origine(tmp_path_factory: pytest.TempPathFactory) -> Plateforme:
    """Une plateforme arrêtée, à copier.

    Les processus de tests qui vont de front se la partagent.
    """
    base = tmp_path_factory.getbasetemp()
    partage = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    plateforme = Plateforme(partage / "origine")
    with (partage / "origine.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not (plateforme.dossier / "demo.json").exists():
            plateforme.dossier.mkdir()
            recopier_en_sqlite(plateforme.dossier / "beffroi.sqlite3").close()
            plateforme.demarrer()
            plateforme.arreter()
            plateforme.finir_le_travail()
    recit = json.loads((plateforme.dossier / "demo.json").read_text("utf-8"))
    plateforme.recit = {**recit, "adresse": ""}
    return plateforme

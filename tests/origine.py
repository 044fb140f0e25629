"""La démonstration jouée une fois pour toute la série, puis recopiée par qui en a besoin.

`python -m tests.origine DOSSIER` la joue d'avance : un processus seul y suffit, et la série a mieux
à faire que de l'attendre (`BEFFROI_ORIGINE`).
"""

import fcntl
import json
import sys
from pathlib import Path

from tests.plateforme import Plateforme
from tests.serveurs.modele import recopier_en_sqlite

A_PART = "BEFFROI_ORIGINE"


def jouee_dans(partage: Path) -> Plateforme:
    """Une plateforme arrêtée, à copier.

    Les processus de tests qui vont de front se la partagent : un seul la joue.
    """
    plateforme = Plateforme(partage / "origine")
    with (partage / "origine.verrou").open("w") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        if not (plateforme.dossier / "demo.json").exists():
            plateforme.dossier.mkdir()
            recopier_en_sqlite(plateforme.dossier / "beffroi.sqlite3").close()
            plateforme.demarrer()
            plateforme.commande("arreter")
            plateforme.finir_le_travail()
    recit = json.loads((plateforme.dossier / "demo.json").read_text("utf-8"))
    plateforme.recit = {**recit, "adresse": ""}
    return plateforme


if __name__ == "__main__":
    jouee_dans(Path(sys.argv[1]))

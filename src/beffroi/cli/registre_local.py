"""Vérifier un dossier de données : chaque écriture, chaque tête signée, chaque pli et ses octets."""

import os
from collections.abc import Iterator
from pathlib import Path

from beffroi.cli.cadre import exiger_une_base_a_jour, preparer_django
from beffroi.cli.constats import Constat
from beffroi.cli.erreurs import ErreurDeCommande


def relire(dossier: Path) -> Iterator[Constat]:
    """Relit tout depuis la base de ce dossier ; la base PostgreSQL, elle, est celle des réglages."""
    if "BEFFROI_BASE_DE_DONNEES" not in os.environ and not (dossier / "beffroi.sqlite3").exists():
        raise ErreurDeCommande(
            f"{dossier} ne contient pas de base Beffroi (beffroi.sqlite3). "
            "Si la base est PostgreSQL, donnez son adresse par BEFFROI_BASE_DE_DONNEES."
        )
    os.environ["BEFFROI_DONNEES"] = str(dossier.resolve())
    os.environ.setdefault("BEFFROI_SANS_HORODATAGE_QUALIFIE", "oui")
    preparer_django()
    exiger_une_base_a_jour("Mettez-la à niveau (./beffroi migrer), ou vérifiez-la avec la version qui l'a écrite.")
    from beffroi.journal.verification import relire_tout

    for constat in relire_tout():
        yield Constat(constat.quoi, bon=constat.bon, detail=constat.ou)

"""Les retraits qui n'ont pas pu s'inscrire :
comptés hors de la base, puisque c'est elle qui manquait.
"""

import logging
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


def compter(reference: str, *, le: datetime) -> None:
    """Une ligne de plus, d'un seul geste du système :
    deux serveurs qui écrivent ensemble n'en perdent aucune.
    """
    fichier = _fichier(reference)
    try:
        fichier.parent.mkdir(parents=True, exist_ok=True)
        descripteur = os.open(fichier, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descripteur, f"{le.isoformat()}\n".encode("ascii"))
        finally:
            os.close(descripteur)
    except OSError:
        logger.exception("uncounted withdrawal, %s", reference)


def nombre(reference: str) -> int:
    try:
        return len(_fichier(reference).read_bytes().splitlines())
    except FileNotFoundError:
        return 0


def _fichier(reference: str) -> Path:
    return Path(settings.DONNEES) / "retraits-manques" / f"{reference.replace('/', '_')}.txt"

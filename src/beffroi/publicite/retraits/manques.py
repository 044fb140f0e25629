"""Les retraits qui n'ont pas pu s'inscrire :
comptés hors de la base, puisque c'est elle qui manquait, puis rendus à elle.
"""

import hashlib
import logging
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

logger = logging.getLogger(__name__)

A_COMPTER = ".a-compter"


class Compter(Protocol):
    """L'acte qui les inscrit ; le même fichier deux fois n'y compte qu'une."""

    def __call__(self, *, reference: str, nombre: int, empreinte: str) -> None: ...


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


def relever(compter: Compter) -> None:
    """Rend à la base chaque fichier de ce nœud : mis de côté d'abord, pour qu'un retrait qui
    s'écrit au même instant ouvre le suivant ; retiré une fois compté.
    """
    for fichier in _dossier().glob("*.txt"):
        fichier.rename(fichier.with_suffix(f".{secrets.token_hex(4)}{A_COMPTER}"))
    for fichier in sorted(_dossier().glob(f"*{A_COMPTER}")):
        octets = fichier.read_bytes()
        compter(
            reference=fichier.name.partition(".")[0],
            nombre=len(octets.splitlines()),
            empreinte=hashlib.sha256(octets).hexdigest(),
        )
        fichier.unlink()


def _fichier(reference: str) -> Path:
    return _dossier() / f"{reference.replace('/', '_')}.txt"


def _dossier() -> Path:
    return Path(settings.DONNEES) / "retraits-manques"

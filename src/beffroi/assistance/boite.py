"""La boîte des courriels reçus : un dossier Maildir, où un serveur de courriel dépose un fichier par message.

`new/` est ce qui arrive, `cur/` ce qui est lu, `illisibles/` ce qui n'a pas pu l'être. Un fichier ne bouge qu'une fois la
demande durable : un arrêt entre les deux le fait relire, et l'identifiant du courriel empêche qu'il compte deux fois.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from beffroi.assistance.services import entrants
from formats.courriels_recus import OCTETS_AU_PLUS, CourrielIllisible

logger = logging.getLogger(__name__)
PAR_RONDE = 50
LUS, ILLISIBLES = "cur", "illisibles"


def relever(le: datetime) -> int:
    """Lit ce qui est arrivé, le plus ancien d'abord, cinquante au plus ; rend combien ont été pris en charge."""
    dossier: Path | None = settings.BOITE_DES_COURRIELS
    if dossier is None or not (dossier / "new").is_dir():
        return 0
    return sum(_prendre(fichier, dossier, le=le) for fichier in _arrives(dossier))


def _arrives(dossier: Path) -> Iterator[Path]:
    fichiers = [fichier for fichier in (dossier / "new").iterdir() if fichier.is_file() and not fichier.is_symlink()]
    yield from sorted(fichiers, key=lambda fichier: (fichier.stat().st_mtime, fichier.name))[:PAR_RONDE]


def _prendre(fichier: Path, dossier: Path, *, le: datetime) -> bool:
    try:
        with fichier.open("rb") as flux:
            entrants.recevoir(flux.read(OCTETS_AU_PLUS + 1), maintenant=le)
    except CourrielIllisible as raison:
        logger.warning("courriel illisible, mis de côté : %s %s", fichier.name, raison)
        _ranger(fichier, dossier / ILLISIBLES)
        return False
    _ranger(fichier, dossier / LUS)
    return True


def _ranger(fichier: Path, ou: Path) -> None:
    ou.mkdir(exist_ok=True)
    fichier.replace(ou / fichier.name)

"""La place qui reste là où la plateforme écrit :
ses données, et les fichiers des réponses s'ils sont sur un disque.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Place:
    """Un disque, en octets."""

    libre: int
    total: int

    @property
    def pour_cent(self) -> int:
        """Arrondie vers le bas : un disque plein ne se lit jamais 1 %."""
        return self.libre * 100 // self.total if self.total else 0


def place_libre() -> Place | None:
    """La plus petite des places où l'on écrit ; rien si aucune ne se lit."""
    dossiers = [Path(settings.DONNEES)]
    if settings.STOCKAGE["sorte"] == "fichiers":
        dossiers.append(Path(settings.STOCKAGE["dossier"]))
    lues = [place for place in map(_du_disque, dossiers) if place is not None]
    return min(lues, key=lambda place: place.libre, default=None)


def place_des_reponses() -> Place | None:
    """Celle où les réponses s'écrivent ; rien sur S3, dont la place ne se mesure pas d'ici."""
    if settings.STOCKAGE["sorte"] != "fichiers":
        return None
    return _du_disque(Path(settings.STOCKAGE["dossier"]))


def _du_disque(dossier: Path) -> Place | None:
    try:
        lu = shutil.disk_usage(dossier)
    except OSError:
        return None
    return Place(libre=lu.free, total=lu.total)

"""Ajouter quelques octets au fichier de la minute qui court, sans rien coûter à qui les ajoute.

Ni base, ni verrou de fichier, et l'on n'attend pas le disque : un processus, une minute, un
fichier, toujours ajouté. Un processus tué laisse ce qu'il a écrit ; qui lit attend que la minute
soit finie.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

UNE_MINUTE = timedelta(minutes=1)
# Un écrivain peut avoir lu l'heure juste avant la fin de la minute, et n'écrire qu'après.
ATTENTE = timedelta(seconds=2)
FORME = "%Y%m%dT%H%M"


@dataclass(frozen=True)
class Minutes:
    """Un dossier de minutes, dans celui des données ; chaque fait y fait tant d'octets."""

    nom: str
    octets_d_un_fait: int

    def ajouter(self, fait: bytes, *, le: datetime) -> None:
        dossier = self._dossier()
        dossier.mkdir(exist_ok=True)
        fichier = dossier / f"{le.astimezone(UTC):{FORME}}-{os.getpid()}"
        descripteur = os.open(fichier, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descripteur, fait)
        finally:
            os.close(descripteur)

    def lire(self, *, jusqu_a: datetime) -> dict[datetime, bytes]:
        """Les minutes que ce nœud a écrites, tous processus ensemble, la plus ancienne d'abord."""
        octets: dict[datetime, bytes] = defaultdict(bytes)
        for fichier in self._fichiers(jusqu_a=jusqu_a):
            octets[_minute(fichier)] += self._faits_entiers(fichier)
        return {minute: octets[minute] for minute in sorted(octets) if octets[minute]}

    def effacer(self, *, jusqu_a: datetime) -> None:
        for fichier in self._fichiers(jusqu_a=jusqu_a):
            fichier.unlink(missing_ok=True)

    def _faits_entiers(self, fichier: Path) -> bytes:
        """Un fait qu'un arrêt a coupé décalerait les suivants : il tombe."""
        lus = fichier.read_bytes()
        return lus[: len(lus) // self.octets_d_un_fait * self.octets_d_un_fait]

    def _fichiers(self, *, jusqu_a: datetime) -> Iterable[Path]:
        dossier = self._dossier()
        if not dossier.is_dir():
            return ()
        return [
            fichier
            for fichier in sorted(dossier.iterdir())
            if _est_une_minute(fichier) and _minute(fichier) <= jusqu_a
        ]

    def _dossier(self) -> Path:
        return Path(settings.DONNEES) / self.nom


def derniere_finie(le: datetime) -> datetime:
    """La dernière minute où plus rien ne s'écrit."""
    return (le - ATTENTE).astimezone(UTC).replace(second=0, microsecond=0) - UNE_MINUTE


def _est_une_minute(fichier: Path) -> bool:
    try:
        return bool(_minute(fichier))
    except ValueError:
        return False


def _minute(fichier: Path) -> datetime:
    return datetime.strptime(fichier.name.partition("-")[0], FORME).replace(tzinfo=UTC)

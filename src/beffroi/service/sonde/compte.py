"""Compter les réponses du serveur sans rien lui coûter :
deux octets par réponse, ajoutés au fichier de la minute.

Le processus web ne touche ni à la base, ni à un verrou de fichier, et n'attend pas le disque ; la
sonde lit les minutes finies. Un serveur tué laisse ce qu'il a écrit. Disque plein, il manque des
réponses au compte, jamais un dépôt.
"""

import logging
import os
import threading
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from beffroi.service.sonde.resultats import Minute

logger = logging.getLogger(__name__)
DOSSIER = "minutes"
UNE_MINUTE = timedelta(minutes=1)
# Un écrivain peut avoir lu l'heure juste avant la fin de la minute, et n'écrire qu'après.
ATTENTE = timedelta(seconds=2)
# Sans sonde pour les lire, les minutes ne s'entassent pas.
GARDE = timedelta(days=1)
ERREUR, UN_OCTET = 5, 255
FORME = "%Y%m%dT%H%M"


class EnVol:
    """Combien de requêtes ce processus tient à la fois."""

    def __init__(self) -> None:
        self._verrou, self._nombre = threading.Lock(), 0

    def entrer(self) -> int:
        with self._verrou:
            self._nombre += 1
            return self._nombre

    def sortir(self) -> None:
        with self._verrou:
            self._nombre -= 1


def noter(statut: int, en_vol: int, *, le: datetime) -> bool:
    """Ajoute une réponse au compte ; faux si elle n'a pas pu l'être.

    Ne lève jamais : qui dépose n'a pas à le savoir.
    """
    try:
        dossier = _dossier()
        dossier.mkdir(exist_ok=True)
        fichier = dossier / f"{le.astimezone(UTC):{FORME}}-{os.getpid()}"
        descripteur = os.open(fichier, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descripteur, bytes((statut // 100 % 10, min(en_vol, UN_OCTET))))
        finally:
            os.close(descripteur)
    except OSError:
        logger.exception("an answer could not be counted")
        return False
    return True


def derniere_finie(le: datetime) -> datetime:
    """La dernière minute où plus rien ne s'écrit."""
    return (le - ATTENTE).astimezone(UTC).replace(second=0, microsecond=0) - UNE_MINUTE


def finies(le: datetime) -> tuple[Minute, ...]:
    """Les minutes finies que les processus web ont comptées, ensemble, la plus ancienne d'abord."""
    octets: dict[datetime, bytes] = defaultdict(bytes)
    for fichier in _fichiers(jusqu_a=derniere_finie(le)):
        octets[_minute(fichier)] += _lire(fichier)
    return tuple(_compter(minute, octets[minute]) for minute in sorted(octets) if octets[minute])


def effacer(*, jusqu_a: datetime) -> None:
    """Oublie les minutes lues, une fois qu'elles sont notées ailleurs."""
    for fichier in _fichiers(jusqu_a=jusqu_a):
        fichier.unlink(missing_ok=True)


def oublier_les_vieilles(le: datetime) -> None:
    """Ronde : ce qu'aucune sonde n'a lu depuis un jour."""
    effacer(jusqu_a=derniere_finie(le - GARDE))


def _compter(minute: datetime, octets: bytes) -> Minute:
    statuts, en_vol = octets[::2], octets[1::2]
    return Minute(
        minute,
        reponses=len(statuts),
        erreurs=statuts.count(ERREUR),
        en_vol=max(en_vol, default=0),
        places=settings.FILS,
    )


def _fichiers(*, jusqu_a: datetime) -> Iterable[Path]:
    dossier = _dossier()
    if not dossier.is_dir():
        return ()
    return [
        fichier
        for fichier in sorted(dossier.iterdir())
        if _est_une_minute(fichier) and _minute(fichier) <= jusqu_a
    ]


def _est_une_minute(fichier: Path) -> bool:
    try:
        return bool(_minute(fichier))
    except ValueError:
        return False


def _minute(fichier: Path) -> datetime:
    return datetime.strptime(fichier.name.partition("-")[0], FORME).replace(tzinfo=UTC)


def _lire(fichier: Path) -> bytes:
    """Un octet seul, qu'un arrêt a séparé du sien, décalerait les suivants : il tombe."""
    lus = fichier.read_bytes()
    return lus[: len(lus) // 2 * 2]


def _dossier() -> Path:
    return Path(settings.DONNEES) / DOSSIER

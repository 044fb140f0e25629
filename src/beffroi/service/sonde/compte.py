"""Compter les réponses du serveur sans rien lui coûter :
deux octets par réponse, ajoutés au fichier de la minute.

Le processus web ne touche ni à la base, ni à un verrou de fichier, et n'attend pas le disque ; la
sonde lit les minutes finies. Un serveur tué laisse ce qu'il a écrit. Disque plein, il manque des
réponses au compte, jamais un dépôt.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.conf import settings

from beffroi.service.sonde.resultats import Minute
from beffroi.socle.fondations.minutes import Minutes, derniere_finie

logger = logging.getLogger(__name__)
# Le statut, puis combien de requêtes le processus tenait.
MINUTES = Minutes("minutes", octets_d_un_fait=2)
# Sans sonde pour les lire, les minutes ne s'entassent pas.
GARDE = timedelta(days=1)
ERREUR, UN_OCTET = 5, 255


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
        MINUTES.ajouter(bytes((statut // 100 % 10, min(en_vol, UN_OCTET))), le=le)
    except OSError:
        logger.exception("an answer could not be counted")
        return False
    return True


def finies(le: datetime) -> tuple[Minute, ...]:
    """Les minutes finies que les processus web ont comptées, ensemble, la plus ancienne d'abord."""
    lues = MINUTES.lire(jusqu_a=derniere_finie(le))
    return tuple(_compter(minute, octets) for minute, octets in lues.items())


def effacer(*, jusqu_a: datetime) -> None:
    """Oublie les minutes lues, une fois qu'elles sont notées ailleurs."""
    MINUTES.effacer(jusqu_a=jusqu_a)


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

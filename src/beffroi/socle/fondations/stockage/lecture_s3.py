"""Lire un objet S3 jusqu'au bout, même si la liaison se coupe en route.

Un objet gardé ne change plus : ce qui manque se redemande, sous la même étiquette, de l'octet où
l'on en est. Le service a déjà ses réessais pour une demande ; il n'en a pas pour ce qu'elle verse.
"""

import io
import logging
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError
from urllib3.exceptions import HTTPError

from beffroi.socle.fondations.stockage.protocole import StockageEnPanne

logger = logging.getLogger(__name__)
REPRISES = 3
TAMPON_OCTETS = 256 * 1024
# La seconde : ce que le client laisse passer sans le traduire, une liaison chiffrée coupée net.
COUPURES = (BotoCoreError, HTTPError)
# Rend l'étiquette de l'objet et ses octets, depuis cette place.
Demande = Callable[[int, str], tuple[str, Any]]


class LecteurDObjet(io.RawIOBase):
    """Les octets d'un objet, demandés de nouveau là où ils se sont arrêtés."""

    def __init__(self, demander: Demande) -> None:
        super().__init__()
        self._demander = demander
        self._lus, self._reprises = 0, REPRISES
        self._etiquette, self._corps = demander(0, "")

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: Any) -> int:
        while True:
            try:
                lus = int(self._corps.readinto(tampon))
            except COUPURES as coupure:
                self._reprendre(coupure)
            else:
                self._lus += lus
                return lus

    def _reprendre(self, coupure: Exception) -> None:
        self._corps.close()
        if not self._reprises:
            raise StockageEnPanne(
                f"Le stockage s'est arrêté {REPRISES + 1} fois au milieu d'un fichier "
                f"(octet {self._lus}). Réessayez dans un instant."
            ) from coupure
        self._reprises -= 1
        logger.warning("storage stopped after %d bytes, asking again: %s", self._lus, coupure)
        self._etiquette, self._corps = self._demander(self._lus, self._etiquette)

    def close(self) -> None:
        if not self.closed:
            self._corps.close()
        super().close()


def lire_d_un_trait(demander: Demande) -> io.BufferedReader:
    """Le flux que rend `S3Store.lire`."""
    return io.BufferedReader(LecteurDObjet(demander), TAMPON_OCTETS)

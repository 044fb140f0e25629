"""Le coffre d'un autre nœud."""

import socket
import ssl
from collections.abc import Sequence
from typing import Any

from beffroi.seance.coffre import identite, messages
from beffroi.seance.coffre.errors import CoffreEteint, CoffreInjoignable

ATTENTE_S = 2.0
REPONSE_S = 10.0


class CoffreDistant:
    """Le même coffre, tenu par un autre nœud ; `CoffreInjoignable` s'il ne répond pas,
    `CoffreEteint` s'il n'est pas lancé.
    """

    def __init__(self, hote: str, port: int, contexte: ssl.SSLContext) -> None:
        self.adresse = (hote, port)
        self._contexte = contexte

    def destinataire(self) -> str:
        return str(self._demander("destinataire"))

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        self._demander("ranger", seance, sorte, graine, empreinte, capacite)

    def contient(self, seance: str, sorte: str) -> bool:
        return bool(self._demander("contient", seance, sorte))

    def repond_a(self, seance: str, capacite: str) -> bool:
        return bool(self._demander("repond_a", seance, capacite))

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        cle: bytes | None = self._demander("desceller", seance, sorte, list(stances), capacite)
        return cle

    def vider(self, seance: str) -> None:
        self._demander("vider", seance)

    def etat(self) -> str:
        """« joint », « eteint » (son nœud est là, sans séance), « injoignable »."""
        try:
            self.destinataire()
        except CoffreEteint:
            return "eteint"
        except CoffreInjoignable:
            return "injoignable"
        return "joint"

    def _demander(self, acte: str, *arguments: Any) -> Any:
        ligne = messages.demande(acte, arguments)
        try:
            with socket.create_connection(self.adresse, timeout=ATTENTE_S) as nue:
                nue.settimeout(REPONSE_S)
                with self._contexte.wrap_socket(nue, server_hostname=identite.NOM) as prise:
                    prise.sendall(ligne)
                    with prise.makefile("rb") as lue:
                        rendue = lue.readline(messages.TAILLE_D_UNE_LIGNE)
        except ConnectionRefusedError as cause:
            raise CoffreEteint from cause
        except OSError as cause:
            raise CoffreInjoignable from cause
        return messages.lire_une_reponse(rendue)

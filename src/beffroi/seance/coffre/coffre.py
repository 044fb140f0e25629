"""Le coffre de la séance : il garde les clés reconstituées en mémoire, et nulle part ailleurs.

Le navigateur de la présidence scelle chaque graine pour le destinataire éphémère du coffre. Le
coffre ne rend jamais une graine : il ouvre l'en-tête d'un fichier, et rend la clé de ce seul
fichier, à qui présente la capacité de la séance. Il se vide à la clôture, à la suspension, et par
toute panne.
"""

import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from beffroi.seance.coffre import processus
from beffroi.seance.coffre.errors import CoffreInjoignable
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from beffroi.socle.fondations.ports import branche


class Coffre(Protocol):
    """Ce que la séance attend de son coffre."""

    def destinataire(self) -> str:
        """Le destinataire éphémère (« age1pq… ») pour qui sceller les graines."""
        ...

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        """Garde la graine scellée d'une sorte d'enveloppe, et ne répondra qu'à cette capacité ;
        `CleRefusee` si son empreinte n'est pas celle-là.
        """
        ...

    def contient(self, seance: str, sorte: str) -> bool: ...

    def repond_a(self, seance: str, capacite: str) -> bool:
        """Est-ce la capacité de la séance ?"""
        ...

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        """La clé du fichier dont voici l'en-tête,
        ou rien s'il est scellé pour une autre ; `CoffreVide`, `AutreNavigateur`.
        """
        ...

    def vider(self, seance: str) -> None: ...


class CoffreParSocket:
    """Le même coffre, tenu par un petit processus que tous les ouvriers web
    partagent par un socket Unix.
    """

    def __init__(self, dossier: Path) -> None:
        self._dossier = dossier

    def destinataire(self) -> str:
        return str(self._appeler("destinataire"))

    def ranger(self, seance: str, sorte: str, graine: bytes, empreinte: str, capacite: str) -> None:
        self._appeler("ranger", seance, sorte, graine, empreinte, capacite)

    def contient(self, seance: str, sorte: str) -> bool:
        return bool(self._appeler("contient", seance, sorte))

    def repond_a(self, seance: str, capacite: str) -> bool:
        return bool(self._appeler("repond_a", seance, capacite))

    def desceller(
        self, seance: str, sorte: str, stances: Sequence[Any], capacite: str
    ) -> bytes | None:
        cle: bytes | None = self._appeler("desceller", seance, sorte, tuple(stances), capacite)
        return cle

    def vider(self, seance: str) -> None:
        self._appeler("vider", seance)

    def _appeler(self, nom: str, *arguments: Any) -> Any:
        """Un coffre arrêté est relancé, vide :
        la séance dira elle-même que les clés sont à tourner.
        """
        for _ in range(2):
            try:
                return getattr(processus.joindre(self._dossier), nom)(*arguments)
            except (ConnectionError, FileNotFoundError, EOFError):
                processus.lancer(self._dossier)
        raise CoffreInjoignable


class CleDuCoffre:
    """Une clé qui reste dans le coffre :
    `unseal` lui montre l'en-tête, elle rend la clé du fichier.
    """

    def __init__(self, coffre: Coffre, *, seance: str, sorte: str, capacite: str) -> None:
        self._coffre, self._seance, self._sorte = coffre, seance, sorte
        self._capacite = capacite

    def unwrap(self, stanzas: Sequence[Any]) -> bytes | None:
        return self._coffre.desceller(self._seance, self._sorte, stanzas, self._capacite)


def capacite_neuve() -> str:
    """Un secret tiré en tournant les clés : le coffre n'en tient que l'empreinte."""
    return secrets.token_urlsafe(32)


@cache
def en_memoire() -> Coffre:
    """Le coffre d'un seul processus web."""
    return CoffreEnMemoire()


@cache
def par_socket() -> Coffre:
    """Le coffre partagé entre plusieurs processus web."""
    return CoffreParSocket(settings.DONNEES / "cles")


def coffre() -> Coffre:
    """Le coffre choisi par `config/adapters.py`."""
    choisi: Coffre = branche("coffre.Coffre")()
    return choisi

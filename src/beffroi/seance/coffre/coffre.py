"""Le coffre de la séance : il garde les clés reconstituées en mémoire, et nulle part ailleurs.

Le navigateur de la présidence scelle chaque graine pour le destinataire éphémère du coffre. Le
coffre ne rend jamais une graine : il ouvre l'en-tête d'un fichier, et rend la clé de ce seul
fichier, à qui présente la capacité de la séance. Il se vide à la clôture, à la suspension, et par
toute panne.
"""

import secrets
import ssl
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from beffroi.seance.coffre import identite, processus
from beffroi.seance.coffre.distant import CoffreDistant
from beffroi.seance.coffre.ecoute import Annonce
from beffroi.seance.coffre.errors import CoffreInjoignable
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from beffroi.seance.coffre.partage import CoffreDesNoeuds
from beffroi.seance.coffre.port import Coffre
from beffroi.socle.fondations.ports import branche


class CoffreParSocket:
    """Le même coffre, tenu par un petit processus que tous les ouvriers web
    partagent par un socket Unix.
    """

    def __init__(self, dossier: Path, annonce: Annonce | None = None) -> None:
        self._dossier, self._annonce = dossier, annonce

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
                processus.lancer(self._dossier, self._annonce)
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
def du_service() -> Coffre:
    """Celui que partagent les processus web de ce nœud, et les autres nœuds s'il y en a."""
    ecoute = settings.COFFRE["ecoute"]
    if ecoute is None:
        return CoffreParSocket(settings.DONNEES / "cles")
    pem = identite.cle_et_certificat(settings.SECRET_KEY)
    ici = CoffreParSocket(
        settings.DONNEES / "cles", Annonce(ecoute.hote, ecoute.port, pem.decode())
    )
    return CoffreDesNoeuds(ici, des_autres_noeuds())


def des_autres_noeuds() -> list[CoffreDistant]:
    pem = identite.cle_et_certificat(settings.SECRET_KEY)
    contexte = identite.contexte(pem, cote=ssl.PROTOCOL_TLS_CLIENT)
    return [CoffreDistant(autre.hote, autre.port, contexte) for autre in settings.COFFRE["autres"]]


def etat_des_coffres() -> dict[str, str]:
    """Chaque autre coffre, par son adresse : « joint », « eteint », « injoignable »."""
    return {"{}:{}".format(*autre.adresse): autre.etat() for autre in des_autres_noeuds()}


def coffre() -> Coffre:
    """Le coffre choisi par `config/adapters.py`."""
    choisi: Coffre = branche("coffre.Coffre")()
    return choisi

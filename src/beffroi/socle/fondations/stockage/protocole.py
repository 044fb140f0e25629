"""Ce qu'un stockage sait faire. Rien n'y compte avant d'être durable."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol

from beffroi.socle.fondations.erreurs import RegleEnfreinte, ServiceIndisponible

LECTURE_OCTETS = 256 * 1024
CLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*)*")


class CleInconnue(FileNotFoundError):
    """Rien n'est gardé sous cette clé, que l'erreur nomme."""


class PartieRefusee(RegleEnfreinte):
    """Les octets reçus ne sont pas ceux annoncés ; rien n'en est gardé."""


class StockageEnPanne(ServiceIndisponible):
    """Le stockage ne répond pas, ou répond de travers."""


@dataclass(frozen=True)
class Ecrit:
    """Ce qui vient d'être gardé."""

    taille: int
    sha256: str


@dataclass(frozen=True)
class Envoi:
    """Un envoi par parties en cours : sa clé, et l'identifiant que le stockage lui donne."""

    cle: str
    identifiant: str = ""


@dataclass(frozen=True)
class Partie:
    """Une partie numérotée à partir de 1.

    `recue_le` n'est connu que d'un stockage qui tient la liste.
    """

    numero: int
    taille: int
    sha256: str
    marque: str = ""
    recue_le: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Cible:
    """Une adresse où le navigateur envoie la partie lui-même, avec exactement ces entêtes."""

    url: str
    entetes: dict[str, str]


class BlobStore(Protocol):
    """Un stockage d'octets. Les écritures reviennent une fois durables."""

    # Vrai si toute partie passe par nous : `cible_de_partie` ne rend alors jamais rien.
    par_nous: bool

    def repondre(self) -> None:
        """Ne rend rien : `StockageEnPanne` s'il n'est pas là, ou ne se laisse pas voir."""

    def se_lit_sans_acces(self, cle: str) -> bool:
        """Le premier venu lit-il cet objet, ou la liste des objets ?"""

    def ecrire(self, cle: str, flux: BinaryIO) -> Ecrit: ...

    def lire(self, cle: str, debut: int = 0, longueur: int | None = None) -> BinaryIO: ...

    def taille(self, cle: str) -> int: ...

    def marque(self, cle: str) -> str:
        """Ce qui change dès que les octets gardés là sont récrits, sans avoir à les relire."""

    def supprimer(self, cle: str) -> None: ...

    def adresse_de_lecture(self, cle: str, nom: str) -> str | None: ...

    def commencer(self, cle: str) -> Envoi: ...

    def cible_de_partie(self, envoi: Envoi, partie: Partie) -> Cible | None:
        """Rien : la partie passe par nous, et `ecrire_partie` la garde."""

    def ecrire_partie(self, envoi: Envoi, partie: Partie, flux: BinaryIO) -> None: ...

    def oublier_partie(self, envoi: Envoi, partie: Partie) -> None: ...

    def parties(self, envoi: Envoi) -> tuple[Partie, ...] | None:
        """La liste que tient le stockage ; rien s'il n'en tient pas : la base fait alors foi."""

    def achever(self, envoi: Envoi, parties: tuple[Partie, ...]) -> None: ...

    def abandonner(self, envoi: Envoi) -> None: ...


def est_une_cle(cle: str) -> bool:
    return len(cle) <= 120 and CLE.fullmatch(cle) is not None


def verifier_la_cle(cle: str) -> str:
    """Une clé est faite d'identifiants :
    ni point, ni chemin relatif, ni caractère qui surprenne.
    """
    if not est_une_cle(cle):
        raise ValueError(f"clé de stockage refusée : {cle!r}")
    return cle

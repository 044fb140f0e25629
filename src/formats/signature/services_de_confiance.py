"""Une liste de confiance, une fois lue :
son pays, sa fin, les autorités qu'elle dit qualifiées, et depuis quand.
"""

from dataclasses import dataclass
from datetime import datetime

# Une politique de certification, ou toutes.
TOUS = "*"


class ListeRefusee(Exception):
    """Cette liste ne sert pas : pourquoi, et quoi faire."""


@dataclass(frozen=True)
class Service:
    """Une autorité d'une liste. `periodes` :
    depuis quand, et si le statut y était « accordé », la plus récente d'abord.

    `exclus`, `sans_dispositif` :
    les politiques de certification auxquelles la liste retire le statut, ou le dispositif.
    """

    sorte: str
    pays: str
    nom: str
    certificats: tuple[bytes, ...]
    periodes: tuple[tuple[datetime, bool], ...]
    exclus: tuple[str, ...] = ()
    sans_dispositif: tuple[str, ...] = ()

    def est_accorde_le(self, moment: datetime) -> bool:
        return next((accorde for depuis, accorde in self.periodes if depuis <= moment), False)


@dataclass(frozen=True)
class Liste:
    territoire: str
    numero: str
    emise_le: datetime
    jusqu_au: datetime | None
    services: tuple[Service, ...] = ()

    def est_perimee_le(self, moment: datetime) -> bool:
        """Une liste close n'a pas de prochaine mise à jour : elle ne sert plus à rien."""
        return self.jusqu_au is None or moment > self.jusqu_au


@dataclass(frozen=True)
class Pointeur:
    """Où la liste d'un pays se prend, et qui la signe."""

    territoire: str
    adresse: str
    signataires: tuple[bytes, ...]

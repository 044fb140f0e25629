"""Ce que l'annuaire montre et que d'autres savent : où en est la convention de chaque adhérent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from beffroi.adherents.models import Adherent
from beffroi.socle.ports import branche


@dataclass(frozen=True)
class EtatDeConvention:
    """L'état d'une convention en un mot, et sa page."""

    ton: str
    mot: str
    url: str = ""


class EtatsDesConventions(Protocol):
    """Qui sait dire l'état des conventions, par SIREN, en un nombre de lectures qui ne dépend pas du leur."""

    def __call__(self, adherents: Collection[Adherent], *, le: datetime) -> Mapping[str, EtatDeConvention]: ...


def etats_des_conventions(adherents: Collection[Adherent], *, le: datetime) -> Mapping[str, EtatDeConvention]:
    """L'état de chaque convention connue."""
    port: EtatsDesConventions = branche("adherents.EtatsDesConventions")
    return port(adherents, le=le)


class DefinitionDeLEffectif(Protocol):
    """Qui sait quels agents l'exploitant a décidé de compter à ce jour : une valeur de `Effectif.Definition`."""

    def __call__(self, jour: date) -> str: ...


def definition_de_l_effectif(jour: date) -> str:
    """La définition que l'exploitant a décidée."""
    port: DefinitionDeLEffectif = branche("adherents.DefinitionDeLEffectif")
    return port(jour)

"""Ce que l'annuaire montre et que d'autres savent : où en est la convention de chaque adhérent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from beffroi.centre.adherents.models import Adherent
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class EtatDeConvention:
    """L'état d'une convention en un mot, et sa page."""

    ton: str
    mot: str
    url: str = ""


@port("adherents.EtatsDesConventions")
def etats_des_conventions(
    adherents: Collection[Adherent], *, le: datetime
) -> Mapping[str, EtatDeConvention]:
    """L'état de chaque convention, par SIREN,
    en un nombre de lectures qui ne dépend pas du leur.
    """


@port("adherents.Presomptions")
def presomptions(adherents: Collection[Adherent], *, annee: int) -> Mapping[str, str]:
    """Ceux que leur population fait présumer sous le seuil d'agents, par SIREN : pourquoi.

    Une présomption n'est pas un effectif : elle ne se demande que de qui n'en a déclaré aucun.
    """


@port("adherents.DefinitionDeLEffectif")
def definition_de_l_effectif(jour: date) -> str:
    """Quels agents l'exploitant a décidé de compter à ce jour :
    une valeur de `Effectif.Definition`.
    """

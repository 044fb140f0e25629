"""Ce que la page d'une entreprise affiche et que des contextes plus hauts savent : ses réponses, ses questions, ses pièces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.entreprises.models import Membre
from beffroi.socle.ports import branche


@dataclass(frozen=True)
class Element:
    """Une ligne d'une rubrique : un lien, une précision, et un état en mots."""

    titre: str
    url: str
    precision: str
    ton: str
    mot: str


@dataclass(frozen=True)
class Rubrique:
    """Une partie de l'espace : ses premières lignes, et le lien vers toutes."""

    code: str
    titre: str
    url: str
    geste: str
    elements: Sequence[Element] = ()
    vide: str = ""


class EspaceDEntreprise(Protocol):
    """Qui sait ce qu'une personne a en cours pour son établissement."""

    def __call__(self, membre: Membre, *, le: datetime) -> Sequence[Rubrique]: ...


def rubriques_de_l_espace(membre: Membre, *, le: datetime) -> Sequence[Rubrique]:
    rassembler: EspaceDEntreprise = branche("entreprises.EspaceDEntreprise")
    return rassembler(membre, le=le)

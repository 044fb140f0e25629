"""Ce que la page d'une entreprise affiche et que des contextes plus hauts savent :
ses réponses, ses questions, ses pièces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.entreprises.models import Membre
from beffroi.socle.fondations import prises


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


def rubriques_de_l_espace(membre: Membre, *, le: datetime) -> Sequence[Rubrique]:
    """Ce que la personne a en cours, les siennes et celles de ses collègues."""
    dites = (
        rangee.fonction(membre, le=le)
        for rangee in prises.rangees(lambda un: un.espace_d_entreprise)
    )
    return [rubrique for rubrique in dites if rubrique is not None]

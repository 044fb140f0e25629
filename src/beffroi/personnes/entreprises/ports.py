"""Ce que la page d'une entreprise affiche et que des contextes plus hauts savent :
ses réponses, ses questions, ses pièces ; et ce que Sirene dit d'un établissement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beffroi.personnes.entreprises.models import Membre
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.ports import port


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


@dataclass(frozen=True, kw_only=True)
class Etablissement:
    """Un établissement, tel que Sirene le décrit ; ce qu'elle ne diffuse pas est vide."""

    siret: str
    nom: str
    adresse: str
    code_postal: str
    ouvert: bool


class Sirene(Protocol):
    """Qui lit Sirene. Lève `ServiceIndisponible` s'il se tait ou tarde."""

    def etablissement(self, siret: str) -> Etablissement | None: ...

    def etablissements(self, siren: str) -> Sequence[Etablissement]: ...


@port("entreprises.Sirene")
def sirene() -> Sirene | None:
    """L'annuaire que l'exploitant a relié ; d'office, aucun : rien ne part."""

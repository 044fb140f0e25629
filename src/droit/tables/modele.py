"""Ce qu'une table contient : des fiches, leurs périodes, et où chacune a été lue."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise

from droit.citation import Source

Donnee = int | str | bool | tuple[str, ...]


class TableIncoherente(ValueError):
    """Une table se contredit ou n'est pas entière : elle ne se charge pas."""


class ConfianceDansLaSource(Enum):
    """Comment la valeur est connue."""

    TEXTE = "V"
    COMMENTAIRE = "S"
    SAVOIR = "K"

    @property
    def phrase(self) -> str:
        return {
            "V": "lu dans le texte officiel",
            "S": "lu chez un commentateur, non dans le texte officiel",
            "K": "su, sans lecture : à vérifier avant de s'y fier",
        }[self.value]


@dataclass(frozen=True)
class Lecture:
    """Où une valeur a été lue."""

    sigle: str
    titre: str
    lien: str


@dataclass(frozen=True)
class Periode:
    """Une valeur et le temps où elle vaut, bornes comprises.
    Sans `au`, nul ne sait quand elle cessera.

    Sans `entree_lue`, la valeur vaut au plus tard depuis `du` :
    personne n'a lu quand elle est entrée en vigueur.
    """

    du: date
    au: date | None
    valeur: Donnee
    article: Source
    lu: Lecture
    confiance: ConfianceDansLaSource
    note: str = ""
    entree_lue: bool = True

    def couvre(self, jour: date) -> bool:
        return self.du <= jour and (self.au is None or jour <= self.au)


@dataclass(frozen=True)
class Fiche:
    """Tout ce que l'on sait d'une clé ;
    `inconnu` dit ce que l'on ne sait pas et que l'on pourrait croire.
    """

    cle: str
    libelle: str
    unite: str
    pivot: str
    revoir_avant: date
    periodes: tuple[Periode, ...]
    inconnu: str = ""

    def __post_init__(self) -> None:
        if not self.periodes:
            raise TableIncoherente(f"« {self.cle} » n'a aucune période.")
        exiger_la_suite(self.cle, self.periodes)

    @property
    def connue_du(self) -> date:
        return self.periodes[0].du

    @property
    def connue_au(self) -> date | None:
        return self.periodes[-1].au

    def periode(self, jour: date) -> Periode | None:
        return next((periode for periode in self.periodes if periode.couvre(jour)), None)

    def changement_apres(self, periode: Periode) -> date | None:
        """Le premier jour où la valeur n'est plus celle-là, s'il est connu."""
        return periode.au and periode.au + timedelta(days=1)


@dataclass(frozen=True)
class Procedure:
    """Une façon de passer un contrat, telle que les tables la décrivent :
    une ligne, jamais une classe.
    """

    cle: str
    libelle: str
    axe: str
    article: Source
    natures: tuple[str, ...]
    acheteurs: tuple[str, ...]
    formalisee: bool
    phases: tuple[str, ...]
    enveloppes: tuple[str, ...]
    documents: tuple[str, ...]
    techniques: tuple[str, ...]
    negociation: str
    variantes: str
    delais: str
    decp: str
    servie: str
    du: date
    revoir_avant: date
    lu: Lecture
    confiance: ConfianceDansLaSource
    note: str

    @property
    def en_deux_temps(self) -> bool:
        """Les candidatures d'abord, seules ; puis les offres de ceux que l'acheteur invite."""
        return "candidatures" in self.phases

    @property
    def se_negocie(self) -> bool:
        """L'acheteur peut demander de nouvelles offres après avoir lu les premières."""
        return self.negociation != "interdite"


def exiger_la_suite(cle: str, periodes: tuple[Periode, ...]) -> None:
    """Ni trou ni recouvrement : chaque période commence le lendemain de la précédente."""
    for avant, apres in pairwise(periodes):
        if avant.au is None or avant.au + timedelta(days=1) != apres.du:
            raise TableIncoherente(
                f"« {cle} » : la période du {apres.du} ne suit pas celle du {avant.du}."
            )
    for periode in periodes:
        if periode.au is not None and periode.au < periode.du:
            raise TableIncoherente(
                f"« {cle} » : une période finit avant de commencer ({periode.du})."
            )

"""Présumer une commune sous le seuil d'agents, d'après sa population (ruling 4b).

Une présomption n'est jamais un effectif : elle ne donne aucun nombre, l'adhérent la dément en
déclarant le sien, et elle ne vaut que si l'exploitant l'a décidée.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from beffroi.centre.tarif.rules.grille import ART_4
from droit.dates import en_toutes_lettres
from droit.decision import Motif
from formats.pluriels import compter

COMMUNE = "commune"
# Un dixième au-dessus : si près du seuil, la commune se regarde à part.
PRES_DU_SEUIL = 10

Issue = Literal[
    "presumee",
    "declaree",
    "desactivee",
    "sans_population",
    "population_inconnue",
    "juste_au_dessus",
    "au_dessus",
]


@dataclass(frozen=True)
class Habitants:
    """Une population, son jour et d'où elle vient."""

    nombre: int
    au: date
    source: str

    def __str__(self) -> str:
        dit = compter(self.nombre, "habitant")
        return f"{dit} au {en_toutes_lettres(self.au)} ({self.source})"


@dataclass(frozen=True)
class Presomption:
    """Ce que la population permet de présumer, et pourquoi."""

    issue: Issue
    motif: Motif | None = None

    @property
    def est_presumee(self) -> bool:
        return self.issue == "presumee"


def presumer(
    *, agents: int | None, nature: str, habitants: Habitants | None, sous: int, seuil: int
) -> Presomption:
    """Sous le seuil d'agents, si elle n'a rien déclaré et compte moins de `sous` habitants.

    `sous` : ce que l'exploitant a décidé ; 0, personne n'est présumé.
    """
    if agents is not None:
        return Presomption("declaree")
    if not sous:
        return Presomption("desactivee")
    if nature != COMMUNE:
        return _non("sans_population", "Pas de population pour présumer : seule une commune en a.")
    if habitants is None:
        return _non("population_inconnue", "Population inconnue : rien ne permet de présumer.")
    if habitants.nombre < sous:
        return Presomption(
            "presumee",
            Motif(f"Présumé sous {seuil} agents : {habitants}, moins de {sous}.", ART_4),
        )
    if habitants.nombre * PRES_DU_SEUIL <= sous * (PRES_DU_SEUIL + 1):
        return _non("juste_au_dessus", f"Juste au-dessus du seuil de {sous} : {habitants}.")
    return _non("au_dessus", f"Au-dessus du seuil de {sous} : {habitants}.")


def _non(issue: Issue, pourquoi: str) -> Presomption:
    return Presomption(issue, Motif(pourquoi))


def population_confirme(
    *, agents: int | None, nature: str, habitants: Habitants | None, sous: int, seuil: int
) -> bool:
    """Un effectif d'une année passée, sous le seuil, que la population ne dément pas."""
    presumable = presumer(agents=None, nature=nature, habitants=habitants, sous=sous, seuil=seuil)
    return agents is not None and agents < seuil and presumable.est_presumee

"""La grille du RGAA, lue de sa table, et ce que la déclaration d'accessibilité en dit."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from beffroi.garde.conformite.queries.traitements import TABLES
from beffroi.garde.conformite.rules.accessibilite import (
    CONFORME,
    ETATS,
    NON_APPLICABLE,
    NON_CONFORME,
    Mesure,
    mesurer,
)

# Les treize thèmes, dans l'ordre du référentiel.
THEMES = (
    "Images",
    "Cadres",
    "Couleurs",
    "Multimédia",
    "Tableaux",
    "Liens",
    "Scripts",
    "Éléments obligatoires",
    "Structuration de l'information",
    "Présentation de l'information",
    "Formulaires",
    "Navigation",
    "Consultation",
)


@dataclass(frozen=True)
class Critere:
    """Un critère : son numéro, son sujet de nos mots,
    son état, ce qui le prouve ou ce qui lui manque.

    Une `lecture` dit ce qui a été lu ou mesuré, et nomme dans `lus` les fichiers où le refaire.
    """

    numero: str
    sujet: str
    etat: str
    tests: tuple[str, ...] = ()
    axe: tuple[str, ...] = ()
    lecture: str = ""
    lus: tuple[str, ...] = ()
    ecart: str = ""

    @property
    def theme(self) -> int:
        return int(self.numero.partition(".")[0])

    @property
    def etat_en_clair(self) -> str:
        return ETATS[self.etat]

    @property
    def est_prouve(self) -> bool:
        return self.etat in {CONFORME, NON_APPLICABLE}

    @property
    def est_conforme(self) -> bool:
        return self.etat == CONFORME

    @property
    def preuves(self) -> list[str]:
        """Le nom de chaque test, tel qu'un développeur le retrouve ; puis ce qui a été lu.

        Les règles d'axe sont à part.
        """
        essais = [
            chemin.rpartition("::")[2].removeprefix("test_").replace("_", " ")
            for chemin in self.tests
        ]
        return essais + ([self.lecture] if self.lecture else [])


@dataclass(frozen=True)
class Grille:
    """Les 106 critères, la version du référentiel, le jour où la grille a été revue."""

    version: str
    etablie_le: date
    criteres: tuple[Critere, ...]

    @property
    def mesure(self) -> Mesure:
        return mesurer([critere.etat for critere in self.criteres])

    @property
    def non_conformes(self) -> list[Critere]:
        return [critere for critere in self.criteres if critere.etat == NON_CONFORME]

    @property
    def par_theme(self) -> Iterator[tuple[int, str, list[Critere]]]:
        for rang, criteres in groupby(self.criteres, key=lambda critere: critere.theme):
            yield rang, THEMES[rang - 1], list(criteres)


@cache
def grille() -> Grille:
    lue = tomllib.loads((TABLES / "rgaa.toml").read_text("utf-8"))
    criteres = tuple(_critere(numero, dit) for numero, dit in lue["criteres"].items())
    return Grille(lue["version"], lue["etablie_le"], criteres)


def _critere(numero: str, dit: dict[str, Any]) -> Critere:
    champs: dict[str, Any] = {
        cle: tuple(valeur) if isinstance(valeur, list) else valeur for cle, valeur in dit.items()
    }
    return Critere(numero, **champs)

"""Qui compte avec qui : la tête d'une famille, ses établissements rattachés, ce qu'elle a repris.

Sans écrire.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from beffroi.centre.adherents.rules import Declaration, Partie

Declarations = Mapping[int, Collection[Declaration]]


@dataclass(frozen=True)
class Fiche:
    """Ce qu'il faut d'un adhérent pour le placer dans sa famille."""

    cle: int
    siren: str
    nom: str
    rattache_a: int | None = None
    successeur: int | None = None
    succede_le: date | None = None

    def est_repris(self, le: date) -> bool:
        return self.succede_le is not None and self.succede_le <= le


@dataclass
class Annuaire:
    """Toutes les fiches, lues une fois, et les liens entre elles au 1er janvier d'une année."""

    fiches: Mapping[int, Fiche]
    annee: int
    familles: Mapping[int, list[int]] = field(init=False)
    reprises: Mapping[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        familles, reprises = defaultdict(list), defaultdict(list)
        for fiche in self.fiches.values():
            if fiche.successeur is not None:
                reprises[fiche.successeur].append(fiche.cle)
            if not fiche.est_repris(self.jour):
                familles[self.tete(fiche.cle)].append(fiche.cle)
        self.familles, self.reprises = dict(familles), dict(reprises)

    @property
    def jour(self) -> date:
        return date(self.annee, 1, 1)

    def tete(self, cle: int) -> int:
        """La commune d'un CCAS, ou celle qui l'a reprise ;
        soi-même si l'on n'est rattaché à personne.
        """
        return self.suite(self.fiches[cle].rattache_a or cle)

    def suite(self, cle: int) -> int:
        """Qui tient la place de cet adhérent ce jour-là."""
        fiche = self.fiches[cle]
        while fiche.successeur is not None and fiche.est_repris(self.jour):
            fiche = self.fiches[fiche.successeur]
        return fiche.cle

    def rattachees(self, tete: int) -> list[int]:
        """Les établissements de la famille, sans sa tête."""
        return [cle for cle in self.familles.get(tete, []) if cle != tete]

    def cles_de_la_famille(self, cle: int) -> set[int]:
        """La famille et tout ce qu'elle a repris, de proche en proche."""
        voulues, tete = set[int](), self.tete(cle)
        reste = [tete, *self.rattachees(tete)]
        while reste:
            suivante = reste.pop()
            if suivante not in voulues:
                voulues.add(suivante)
                reste += self.reprises.get(suivante, [])
        return voulues

    def partie(self, cle: int, declarations: Declarations) -> Partie:
        """Un adhérent et ceux qu'il a repris, tels que la règle les lit."""
        fiche = self.fiches[cle]
        anciennes = [self.fiches[ancienne] for ancienne in self.reprises.get(cle, [])]
        return Partie(
            siren=fiche.siren,
            nom=fiche.nom,
            declarations=declarations.get(cle, ()),
            reprises=[
                (ancienne.succede_le, self.partie(ancienne.cle, declarations))
                for ancienne in anciennes
                if ancienne.succede_le is not None
            ],
        )

"""Le monde des adresses, cinq fois plus grand : chaque ligne y gagne quatre semblables.

Table après table, une ligne se recopie avec tout ce qui en dépend, et reste à qui la tenait : une
consultation de plus chez le même acheteur, avec ses lots et ses questions ; puis une question de
plus à la même consultation ; puis un fichier de plus à la même question. Chaque liste que montre
une page a donc cinq fois ses lignes, à chaque étage.

Ce qu'une contrainte veut unique change ; ce qui ne peut pas l'être sans changer de maître n'a pas
de semblable à cet étage. Rien n'en est à garder : la transaction se défait. Sur SQLite seul.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import count
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, connection, models

from tests.semis.contenu import colonnes, contenu_de, entre, liste, modeles

SEMBLABLES = 4
# Les numéros d'une copie : loin de tous les autres.
PAS = 1_000_000
# Ce que personne ne tient : la session, le second facteur, l'arbre du registre.
SANS_SEMBLABLE = ("django_", "journal_", "auth_", "mfa_", "account_", "socialaccount_")
# Qui agit n'est pas à qui c'est : une ligne n'est à une personne que si rien d'autre ne la tient.
PERSONNES = "comptes_utilisateur"
CHAINE, NOMBRE = re.compile(r"'(?:[^']|'')*'"), re.compile(r"\b\d+\b")
ENSEMBLE = re.compile(r"\((?:(?:\?|%s)(?:, )?)+\)")
Ligne = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """Une table : ce qui la tient, et ce qu'elle veut unique."""

    modele: type[models.Model]

    @cached_property
    def nom(self) -> str:
        return self.modele._meta.db_table

    @cached_property
    def cle(self) -> str:
        return self.modele._meta.pk.column

    @cached_property
    def liens(self) -> dict[str, str]:
        """Par colonne, la table qu'elle désigne."""
        return {
            champ.column: champ.related_model._meta.db_table
            for champ in self.modele._meta.concrete_fields
            if champ.is_relation
        }

    @cached_property
    def maitres(self) -> set[str]:
        tous = set(self.liens.values()) - {self.nom}
        return tous - {PERSONNES} or tous

    @cached_property
    def uniques(self) -> list[list[str]]:
        meta = self.modele._meta
        seules = [[champ.name] for champ in meta.concrete_fields if champ.unique]
        contraintes = [
            [*un.fields] for un in meta.constraints if isinstance(un, models.UniqueConstraint)
        ]
        noms = [*seules, *map(list, meta.unique_together), *filter(None, contraintes)]
        return [[meta.get_field(nom).column for nom in ensemble] for ensemble in noms]

    @cached_property
    def libres(self) -> list[str]:
        """Les colonnes qui peuvent changer de valeur, les mots d'abord, les dates en dernier ;
        un choix, non : il n'en a que quelques-unes.
        """
        champs = [
            champ
            for champ in self.modele._meta.concrete_fields
            if not champ.choices and not champ.is_relation
        ]
        return [champ.column for champ in sorted(champs, key=_rang)]

    def lignes(self) -> dict[Any, Ligne]:
        noms = colonnes(self.nom)
        lues = (dict(zip(noms, une, strict=True)) for une in contenu_de(self.nom).values())
        return {ligne[self.cle]: ligne for ligne in lues}


def _rang(champ: "models.Field[Any, Any]") -> int:
    if isinstance(champ, models.DateField):
        return 2
    return int(isinstance(champ, models.IntegerField))


@dataclass
class Agrandissement:
    """Les lignes d'avant, et ce qui compte les suivantes."""

    tables: dict[str, Table]
    avant: dict[str, dict[Any, Ligne]]
    ordre: list[str]
    rangs: Iterator[int] = field(default_factory=lambda: count(1))
    suivants: Counter[tuple[str, str]] = field(default_factory=Counter)

    def recopier(self, premiere: str) -> None:
        """Une fois ses lignes, et tout ce qui en dépend."""
        rang, copies = next(self.rangs), defaultdict[str, dict[Any, Any]](dict)
        for nom in self.ordre[self.ordre.index(premiere) :]:
            table = self.tables[nom]
            for cle, ligne in self.avant[nom].items():
                if nom == premiere or suit(table, ligne, copies):
                    copie = self.semblable(table, ligne, copies, rang)
                    if inserer(table, copie):
                        copies[nom][cle] = copie[table.cle]

    def semblable(
        self, table: Table, ligne: Ligne, copies: Mapping[str, Mapping[Any, Any]], rang: int
    ) -> Ligne:
        copie = dict(ligne)
        for colonne, cible in table.liens.items():
            copie[colonne] = copies.get(cible, {}).get(ligne[colonne], ligne[colonne])
        for ensemble in table.uniques:
            if any(copie[nom] != ligne[nom] for nom in ensemble):
                continue
            libres = (
                nom for nom in table.libres if nom in ensemble and ligne[nom] not in (None, "")
            )
            if libre := next(libres, None):
                self.changer(table, copie, libre, rang)
        return copie

    def changer(self, table: Table, copie: Ligne, colonne: str, rang: int) -> None:
        """Une autre valeur ; ce qui commençait par elle la suit : un SIRET, son SIREN."""
        ancienne = copie[colonne]
        if colonne == table.cle and isinstance(ancienne, int):
            copie[colonne] = ancienne + rang * PAS
            return
        self.suivants[table.nom, colonne] += 1
        suivant = self.suivants[table.nom, colonne]
        if isinstance(ancienne, int):
            copie[colonne] = suivant + max(
                une[colonne] or 0 for une in self.avant[table.nom].values()
            )
            return
        neuve = autre(ancienne, suivant)
        for nom, valeur in copie.items():
            if isinstance(ancienne, str) and isinstance(valeur, str) and nom not in table.liens:
                copie[nom] = (
                    neuve + valeur.removeprefix(ancienne) if valeur.startswith(ancienne) else valeur
                )
        copie[colonne] = neuve


def agrandir() -> dict[str, tuple[int, int]]:
    """Par table, combien de lignes avant et après."""
    tables = {
        nom: Table(modele)
        for nom, modele in modeles().items()
        if not nom.startswith(SANS_SEMBLABLE)
    }
    avant = {nom: table.lignes() for nom, table in tables.items()}
    agrandissement = Agrandissement(tables, avant, ranger(tables.values()))
    for nom in agrandissement.ordre:
        for _ in range(SEMBLABLES if avant[nom] else 0):
            agrandissement.recopier(nom)
    return {nom: (len(lignes), len(tables[nom].lignes())) for nom, lignes in avant.items()}


def ranger(tables: Iterable[Table]) -> list[str]:
    """Chacune après celles qui la tiennent ; deux qui se tiennent l'une l'autre, au hasard."""
    noms = {table.nom for table in tables}
    maitres = {table.nom: table.maitres & noms for table in tables}
    while True:
        try:
            return list(TopologicalSorter(maitres).static_order())
        except CycleError as erreur:
            maitre, tenue = erreur.args[1][:2]
            maitres[tenue] -= {maitre}


def suit(table: Table, ligne: Ligne, copies: Mapping[str, Mapping[Any, Any]]) -> bool:
    return any(
        ligne[colonne] in copies.get(cible, {})
        for colonne, cible in table.liens.items()
        if cible in table.maitres
    )


def inserer(table: Table, ligne: Ligne) -> bool:
    """Vrai si la base l'a prise : une contrainte ou une garde peut n'en pas vouloir."""
    places = ", ".join(["%s"] * len(ligne))
    with connection.cursor() as curseur:
        try:
            curseur.execute(
                f"INSERT OR IGNORE INTO {entre(table.nom)} ({liste(ligne)}) VALUES ({places})",
                list(ligne.values()),
            )
        except IntegrityError:
            return False
        return curseur.rowcount == 1


def autre(valeur: Any, rang: int) -> Any:
    """Une valeur de même sorte, que rien n'a encore ; une date recule, pour rester passée."""
    if isinstance(valeur, date):
        return valeur - timedelta(days=rang)
    if isinstance(valeur, bytes):
        return valeur + rang.to_bytes(4)
    if valeur.isdigit():
        return str(int(valeur) + rang).zfill(len(valeur))
    try:
        return uuid5(UUID(valeur), str(rang)).hex
    except ValueError:
        return f"{rang}-{valeur}" if "@" in valeur else f"{valeur}-{rang}"


def repetees(peu: Iterable[str], beaucoup: Iterable[str]) -> list[str]:
    """Les questions à la base qui se posent une fois par ligne : chaque ligne en a quatre de plus.

    Une sorte de geste qui apparaît en pose une, parfois deux ; elle ne se répète pas.
    """
    en_plus = questions(beaucoup) - questions(peu)
    return [forme for forme, fois in en_plus.items() if fois >= SEMBLABLES]


def questions(lues: Iterable[str]) -> Counter[str]:
    """Combien de fois chacune se pose, quoi qu'elle désigne."""
    return Counter(ENSEMBLE.sub("(…)", NOMBRE.sub("?", CHAINE.sub("?", sql))) for sql in lues)

"""Ce qu'une table contient, tel que la base le garde, et ce qui l'a changé entre deux points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

Ligne = tuple[Any, ...]
# Sous la clé de chacune, qui a parfois plusieurs colonnes.
Contenu = dict[Ligne, Ligne]


@cache
def modeles() -> dict[str, type[models.Model]]:
    """Le modèle de chaque table."""
    return {
        modele._meta.db_table: modele
        for modele in apps.get_models(include_auto_created=True)
        if modele._meta.managed and not modele._meta.proxy
    }


# Ce qu'un déclencheur lit quand une autre table s'écrit revient d'abord ; les clés étrangères,
# elles, se vérifient à la fin.
LUES_PAR_UNE_GARDE = frozenset({"comptes_preuvedadresse"})


def ranger(tables: Iterable[str]) -> list[str]:
    return sorted(tables, key=lambda table: (table not in LUES_PAR_UNE_GARDE, table))


def colonnes(table: str) -> list[str]:
    """Celles que l'on écrit : la base calcule les autres."""
    champs = modeles()[table]._meta.concrete_fields
    return [champ.column for champ in champs if not champ.generated]


def cle(table: str) -> list[str]:
    return [champ.column for champ in modeles()[table]._meta.pk_fields]


def lire(tables: Iterable[str], connu: Mapping[str, Contenu]) -> dict[str, Contenu]:
    """Ce que ces tables contiennent ; une ligne déjà connue ne se garde pas deux fois."""
    return {table: fondre(contenu_de(table), connu.get(table, {})) for table in tables}


def fondre(lu: Contenu, connu: Contenu) -> Contenu:
    return {une: connu[une] if connu.get(une) == ligne else ligne for une, ligne in lu.items()}


def contenu_de(table: str) -> Contenu:
    """Les lignes dans l'ordre où elles sont nées : une garde lit celle d'avant quand on replante,
    et PostgreSQL sans ordre les rend comme elles ont trouvé place.
    """
    noms, sa_cle = colonnes(table), cle(table)
    places = [noms.index(nom) for nom in sa_cle]
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {liste(noms)} FROM {entre(table)} ORDER BY {liste(sa_cle)}")
        lignes = curseur.fetchall()
    return {tuple(ligne[place] for place in places): tuple(ligne) for ligne in lignes}


@dataclass(frozen=True)
class Changement:
    """Ce qu'il faut retirer, corriger et ajouter à une table pour aller d'un point à un autre."""

    table: str
    parties: list[Ligne]
    corrigees: dict[Ligne, dict[str, Any]]
    nees: list[Ligne]

    def refaire(self) -> None:
        table, noms = entre(self.table), colonnes(self.table)
        par_sa_cle = "WHERE " + " AND ".join(f"{entre(nom)} = %s" for nom in cle(self.table))
        with connection.cursor() as curseur:
            for partie in self.parties:
                curseur.execute(f"DELETE FROM {table} {par_sa_cle}", partie)
            for corrigee, valeurs in self.corrigees.items():
                voulu = ", ".join(f"{entre(nom)} = %s" for nom in valeurs)
                curseur.execute(
                    f"UPDATE {table} SET {voulu} {par_sa_cle}", [*valeurs.values(), *corrigee]
                )
            if self.nees:
                places = ", ".join(["%s"] * len(noms))
                curseur.executemany(
                    f"INSERT INTO {table} ({liste(noms)}) VALUES ({places})", self.nees
                )


def changement(table: str, avant: Contenu, apres: Contenu) -> Changement:
    return Changement(
        table,
        parties=[une for une in avant if une not in apres],
        corrigees={
            une: corrections
            for une, ligne in apres.items()
            if une in avant and (corrections := corriger(table, avant[une], ligne))
        },
        nees=[ligne for une, ligne in apres.items() if une not in avant],
    )


def corriger(table: str, avant: Ligne, apres: Ligne) -> dict[str, Any]:
    valeurs = zip(colonnes(table), avant, apres, strict=True)
    return {nom: neuve for nom, ancienne, neuve in valeurs if ancienne != neuve}


def liste(noms: Iterable[str]) -> str:
    return ", ".join(map(entre, noms))


def entre(nom: str) -> str:
    return connection.ops.quote_name(nom)

"""Avant de mettre à jour, sans rien toucher : ce qui se fait en servant, ce qui demande un arrêt.

Les migrations à faire, ce que chacune ferait à la version d'avant, la taille des tables qu'elle
touche, la place, et la version que sert chaque nœud.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.commandes.cli.erreurs import ErreurDeCommande

if TYPE_CHECKING:
    from beffroi.socle.noeuds.deux_versions import Defaut

EN_SERVANT, A_L_ARRET = 0, 3
# PostgreSQL relit ou range cela en moins d'une seconde, sur un disque ordinaire.
PETITE_OCTETS = 32 << 20
TAILLES = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relname = ANY(%s) AND relkind IN ('r', 'p')
"""


@dataclass(frozen=True)
class AFaire:
    """Les migrations qui manquent à la base, et ce qui les empêche de se faire en servant."""

    noms: Sequence[str]
    base_neuve: bool = False
    defauts: Sequence[Defaut] = ()
    tailles: dict[str, int] = field(default_factory=dict)

    @property
    def empechements(self) -> list[Defaut]:
        """Une table petite n'est retenue qu'un instant ; ce qui casse casse quelle que soit sa
        taille.
        """
        return [un for un in self.defauts if not self._est_bref(un)]

    def _est_bref(self, defaut: Defaut) -> bool:
        from beffroi.socle.noeuds.obstacles import Nature

        return (
            defaut.obstacle.nature is Nature.RETIENT
            and bool(defaut.table)
            and self.tailles.get(defaut.table, 0) <= PETITE_OCTETS
        )


def a_faire() -> AFaire:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from beffroi.socle.noeuds.deux_versions import defauts, nom_de

    executeur = MigrationExecutor(connection)
    chargees = executeur.loader
    plan = [une for une, _ in executeur.migration_plan(chargees.graph.leaf_nodes())]
    faites = [cle for cle in chargees.applied_migrations if cle in chargees.graph.nodes]
    noms = [nom_de(une) for une in plan]
    if not faites or not plan:
        return AFaire(noms, base_neuve=not faites)
    trouves = list(defauts(plan, chargees.project_state(faites)))
    tables = {un.table for un in trouves if un.table}
    return AFaire(noms, defauts=trouves, tailles=tailles(connection, tables))


def demande_un_arret() -> bool:
    """Ce qui reste à migrer casserait une version d'avant ; une base neuve n'en a servi aucune."""
    from django.db import connection

    reste = a_faire()
    return bool(reste.noms) and (connection.vendor == "sqlite" or bool(reste.empechements))


def tailles(connexion: Any, tables: Collection[str]) -> dict[str, int]:
    """En octets, index compris ; SQLite n'a qu'un fichier."""
    if connexion.vendor != "postgresql" or not tables:
        return {}
    with connexion.cursor() as curseur:
        curseur.execute(TAILLES, [sorted(tables)])
        return dict(curseur.fetchall())


def verifier() -> int:
    from django.db import connection

    reste = a_faire()
    if reste.base_neuve:
        print("La base est vide : « ./beffroi migrer » la crée. Rien ne sert encore.")
        return EN_SERVANT
    dire_les_noeuds()
    if not reste.noms:
        print("La base est à jour : rien à migrer.")
        return EN_SERVANT
    print(f"À faire, {len(reste.noms)} migrations : {', '.join(reste.noms)}.")
    dire_la_place(connection, reste)
    if connection.vendor == "sqlite":
        print("SQLite n'a qu'un nœud : arrêtez-le, sauvegardez, puis « ./beffroi migrer ».")
        return A_L_ARRET
    return dire_le_verdict(reste)


def dire_les_noeuds() -> None:
    from django.db import DatabaseError, connection

    from beffroi.socle.fondations.horloge import heure_reelle
    from beffroi.socle.fondations.version import numero_de_version
    from beffroi.socle.noeuds.models import NoeudVu
    from beffroi.socle.noeuds.queries import noeuds_vus

    if NoeudVu._meta.db_table not in connection.introspection.table_names():
        print("Nœuds : la version de la base n'en dit rien ; comptez-les vous-même.")
        return
    try:
        vus = noeuds_vus(le=heure_reelle())
    except DatabaseError as erreur:
        raise ErreurDeCommande(f"la base de données ne se lit pas : {erreur}.") from erreur
    dits = ", ".join(f"{vu.noeud} sert la {vu.version}" for vu in vus)
    print(f"Ici, la version {numero_de_version()}. Nœuds : {dits or 'aucun depuis une minute'}.")


def dire_la_place(connexion: Any, reste: AFaire) -> None:
    if connexion.vendor == "sqlite":
        exiger_la_place(Path(connexion.settings_dict["NAME"]))
    else:
        dire_les_tables(connexion, reste.tailles)


def dire_les_tables(connexion: Any, octets: dict[str, int]) -> None:
    """Le disque de PostgreSQL ne se lit pas d'ici : on dit ce qu'il y faut."""
    from formats.tailles import humaniser

    with connexion.cursor() as curseur:
        curseur.execute("SELECT pg_database_size(current_database())")
        print(f"La base tient {humaniser(curseur.fetchone()[0])}.")
    for table, tient in sorted(octets.items()):
        print(f"  {table} : {humaniser(tient)}")
    if octets:
        plus_grande = humaniser(max(octets.values()))
        print(f"Il faut {plus_grande} libres sur le disque de PostgreSQL : regardez-y.")


def exiger_la_place(fichier: Path) -> None:
    """Une table changée se récrit à côté : il faut deux fois le fichier."""
    from formats.tailles import humaniser

    tient, libre = fichier.stat().st_size, shutil.disk_usage(fichier.parent).free
    print(f"La base tient {humaniser(tient)} ; il reste {humaniser(libre)} sur son disque.")
    if libre < 2 * tient:
        raise ErreurDeCommande(
            f"la place manque : une table changée se récrit à côté. Libérez {humaniser(2 * tient)}."
        )


def dire_le_verdict(reste: AFaire) -> int:
    for constat in dict.fromkeys(un.constat for un in reste.empechements):
        print(f"- {constat}")
    if not reste.empechements:
        print("La mise à jour se fait pendant que la version d'avant sert (UPGRADE.md).")
        return EN_SERVANT
    print(
        "Arrêtez d'abord chaque nœud (serve, worker, sonde), sauvegardez, puis "
        "« ./beffroi migrer » (UPGRADE.md) : la version d'avant ne servirait plus."
    )
    return A_L_ARRET

"""La base elle-même refuse de changer un fait :
les déclencheurs que les migrations posent, sur SQLite et sur PostgreSQL.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele

POSTGRESQL = "postgresql"


class Declencheur(NamedTuple):
    """Ce qui refuse : quand la ligne change (`UPDATE`) ou s'efface (`DELETE`),
    toujours ou sous condition.
    """

    nom: str
    quand: str
    table: str
    condition: str = ""


class Refus(NamedTuple):
    """La phrase de la base, et la fonction qui la dit sur PostgreSQL."""

    fonction: str
    phrase: str

    @property
    def texte(self) -> str:
        return self.phrase.replace("'", "''")


def figees(tables: Iterable[str]) -> Iterable[Declencheur]:
    """Des lignes qui ne changent ni ne s'effacent, dès qu'elles sont écrites."""
    for table in tables:
        yield Declencheur(f"{table}_fige", "UPDATE", table)
        yield Declencheur(f"{table}_garde", "DELETE", table)


def changees(colonnes: Iterable[str], differe: str) -> str:
    return " OR ".join(f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in colonnes)


def ordre(moteur: str, refus: Refus, declencheur: Declencheur) -> str:
    nom, quand, table, condition = declencheur
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == POSTGRESQL:
        return (
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}EXECUTE FUNCTION "
            f"{refus.fonction}()"
        )
    return (
        f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, "
        f"'{refus.texte}'); END"
    )


def refuser(refus: Refus, declencheurs: Callable[[str], Iterable[Declencheur]]) -> SansModele:
    """L'opération d'une migration.

    `declencheurs` reçoit le mot qui compare deux valeurs, nulles comprises.
    """

    def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        moteur = schema_editor.connection.vendor
        if moteur == POSTGRESQL:
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {refus.fonction}() RETURNS trigger "
                "LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{refus.texte}'; END $$"
            )
        for declencheur in declencheurs("IS DISTINCT FROM" if moteur == POSTGRESQL else "IS NOT"):
            schema_editor.execute(ordre(moteur, refus, declencheur))

    def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        moteur = schema_editor.connection.vendor
        for nom, _, table, _ in declencheurs(""):
            schema_editor.execute(
                f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == POSTGRESQL else "")
            )

    return SansModele(poser, lever)

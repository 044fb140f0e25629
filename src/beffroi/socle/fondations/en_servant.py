"""Changer une table qui sert, sans la retenir : les index et les contraintes, sur les deux moteurs.

PostgreSQL construit un index à côté (`CONCURRENTLY`), et juge d'une contrainte les lignes à venir
avant celles qui sont là (`NOT VALID`, puis `VALIDATE`). SQLite n'a qu'un écrivain : il fait comme
d'habitude. La migration qui porte un `IndexEnServant` dit `atomic = False`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    ValidateConstraint,
)
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddIndex
from django.db.migrations.state import ProjectState

LAISSE_INVALIDE = """
    SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid
"""


class IndexEnServant(AddIndexConcurrently):
    """`AddIndex`, pendant que la table sert ; relancé, il refait l'index resté en chemin."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)
            return
        with patiemment(schema_editor):
            oter_l_index_invalide(schema_editor, self.index.name)
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)
            return
        with patiemment(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class ContrainteEnServant(AddConstraintNotValid):
    """`AddConstraint` d'un `CheckConstraint`, qui ne relit pas les lignes déjà là."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        avec = AddConstraintNotValid
        if schema_editor.connection.vendor != "postgresql":
            avec = AddConstraint  # type: ignore[assignment]
        avec.database_forwards(self, app_label, schema_editor, from_state, to_state)


class ContrainteValidee(ValidateConstraint):
    """Relit les lignes déjà là, pendant qu'on lit et qu'on écrit ; à la migration suivante."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def patiemment(schema_editor: Any) -> Iterator[None]:
    """Un index construit à côté attend la fin de ce qui est en cours, sans retenir personne :
    l'impatience que `migrer` donne aux verrous ne le concerne pas.
    """
    with schema_editor.connection.cursor() as curseur:
        curseur.execute("SHOW lock_timeout")
        (d_habitude,) = curseur.fetchone()
        curseur.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            curseur.execute("SELECT set_config('lock_timeout', %s, false)", [d_habitude])


def oter_l_index_invalide(schema_editor: Any, nom: str) -> None:
    """Interrompu, PostgreSQL en laisse un qui ne sert à rien, et porte déjà ce nom."""
    cite = schema_editor.quote_name(nom)
    with schema_editor.connection.cursor() as curseur:
        curseur.execute(LAISSE_INVALIDE, [cite])
        if curseur.fetchone():
            curseur.execute(f"DROP INDEX CONCURRENTLY {cite}")

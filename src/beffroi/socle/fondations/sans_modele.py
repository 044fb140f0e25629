"""Poser ou lever, dans une migration, ce que la base refuse d'elle-même : du SQL seul.

`RunPython` donne aussi les modèles d'alors, que Django refait tous pour lui, plus de deux cents, à
chaque garde. Celles-ci n'en lisent aucun.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import ProjectState, StateApps


class SansModele(RunPython):
    """Un `RunPython` dont la fonction ne lit pas `apps` : il est vide."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self.code(StateApps([], {}), schema_editor)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if self.reverse_code is None:
            raise NotImplementedError("You cannot reverse this operation")
        self.reverse_code(StateApps([], {}), schema_editor)

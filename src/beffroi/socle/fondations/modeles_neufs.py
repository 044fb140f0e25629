"""Créer d'un coup tous les modèles d'un contexte, dans la migration d'où part une base vide.

À chaque modèle créé, Django refait en mémoire tous ceux qui lui sont liés : ici, presque tous.
Deux cents modèles en coûtent vingt mille. Des modèles neufs ne changent rien à ceux qui les
précèdent : on ne fait qu'eux.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class ModelesNeufs(Operation):
    """Les créations de `migrations.CreateModel`, que l'état du projet reçoit ensemble."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["creations"]

    def __init__(self, creations: Sequence[CreateModel]) -> None:
        self.creations = creations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        deja_faits = state.__dict__.pop("apps", None)
        for creation in self.creations:
            creation.state_forwards(app_label, state)
        if deja_faits is not None:
            deja_faits.render_multiple(
                [state.models[app_label, neuf.name_lower] for neuf in self.creations]
            )
            state.__dict__["apps"] = deja_faits

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for creation in reversed(self.creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Crée {', '.join(creation.name for creation in self.creations)}"

"""Renommer une table ou une colonne sans refaire la table : ses déclencheurs y restent.

Sur SQLite, Django refait toute table dont une clé étrangère change de nom, et perd avec l'ancienne
ce qui la garde. Les deux moteurs savent renommer sur place, et suivent le nom dans les
déclencheurs, les index et les contraintes.
"""

from collections.abc import Sequence

from django.db.migrations import RenameField, RenameModel, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation


def renommer_la_colonne(
    modele: str,
    champ: str,
    en: str,
    *,
    table: str,
    colonne: str,
    en_colonne: str,
    redits: Sequence[Operation] = (),
) -> SeparateDatabaseAndState:
    """L'opération qui renomme un champ et sa colonne.

    `redits` : les contraintes et les index qui nomment ce champ. Le moteur les a suivis ; Django,
    dans sa mémoire, veut qu'on les lui redise.
    """
    return SeparateDatabaseAndState(
        database_operations=[
            RunSQL(
                f"ALTER TABLE {table} RENAME COLUMN {colonne} TO {en_colonne}",
                f"ALTER TABLE {table} RENAME COLUMN {en_colonne} TO {colonne}",
            )
        ],
        state_operations=[RenameField(modele, champ, en), *redits],
    )


def renommer_le_modele(
    modele: str, en: str, *, table: str, en_table: str
) -> SeparateDatabaseAndState:
    """L'opération qui renomme un modèle et sa table."""
    return SeparateDatabaseAndState(
        database_operations=[
            RunSQL(
                f"ALTER TABLE {table} RENAME TO {en_table}",
                f"ALTER TABLE {en_table} RENAME TO {table}",
            )
        ],
        state_operations=[RenameModel(modele, en)],
    )

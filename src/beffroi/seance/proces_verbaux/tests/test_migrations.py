"""Le procès-verbal et le registre ont changé de contexte :
les lignes des installations sont restées où elles étaient.
"""

import pytest
from django.db import connection
from django.db.migrations import SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader

DEMENAGEMENT = [
    ("registre_des_depots", "0001_initiale"),
    ("proces_verbaux", "0001_initiale"),
    ("ouverture", "0003_proces_verbaux_a_part"),
]


@pytest.mark.parametrize("nom", DEMENAGEMENT)
def test_changer_de_contexte_n_ecrit_rien_en_base(db, nom):
    operations = MigrationLoader(connection).disk_migrations[nom].operations

    assert operations
    assert all(
        isinstance(o, SeparateDatabaseAndState) and not o.database_operations for o in operations
    )

"""La base elle-même refuse ce qu'une table donne à un compte qui n'a prouvé aucune adresse : un rôle, une garde.

Elle lit la table des preuves, et non celle d'allauth : SQLite ne refait pas une table qu'un déclencheur nomme, et une
mise à jour d'allauth peut refaire la sienne.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.socle.journal.faits_immuables import POSTGRESQL

REFUS = "rien ne se donne à un compte dont l''adresse n''est pas prouvée"
PREUVE = "SELECT 1 FROM comptes_preuvedadresse p WHERE p.utilisateur_id = NEW.utilisateur_id"
FONCTION = f"""
CREATE OR REPLACE FUNCTION comptes_exiger_la_preuve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS ({PREUVE}) THEN RAISE EXCEPTION '{REFUS}'; END IF;
  RETURN NEW;
END $$"""
MOMENTS = {"prouvee": "INSERT", "reste_prouvee": "UPDATE OF utilisateur_id"}


def aux_seules_adresses_prouvees(table: str) -> SansModele:
    """L'opération d'une migration : `table` a une colonne `utilisateur_id`."""

    def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        postgresql = schema_editor.connection.vendor == POSTGRESQL
        if postgresql:
            schema_editor.execute(FONCTION)
        for nom, quand in MOMENTS.items():
            debut = f"CREATE TRIGGER {table}_{nom} BEFORE {quand} ON {table} FOR EACH ROW"
            schema_editor.execute(
                f"{debut} EXECUTE FUNCTION comptes_exiger_la_preuve()"
                if postgresql
                else f"{debut} WHEN NOT EXISTS ({PREUVE}) BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"
            )

    def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sur = f" ON {table}" if schema_editor.connection.vendor == POSTGRESQL else ""
        for nom in MOMENTS:
            schema_editor.execute(f"DROP TRIGGER {table}_{nom}{sur}")

    return SansModele(poser, lever)

"""La base refuse qu'une trace de sécurité change, ou qu'elle s'efface sans qu'une autre soit de douze mois plus récente.

La garde ne lit aucune horloge : celle de la base n'est pas celle du service. La purge inscrit d'abord sa propre trace.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele

TABLE = "conformite_tracedesecurite"
REFUS = "une trace de sécurité ne change pas, et se garde douze mois"
SQLITE = (
    f"CREATE TRIGGER {TABLE}_fige BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
    f"CREATE TRIGGER {TABLE}_garde BEFORE DELETE ON {TABLE} "
    f"WHEN NOT EXISTS (SELECT 1 FROM {TABLE} WHERE le >= datetime(OLD.le, '+365 days')) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUS}'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION conformite_garder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM {TABLE} WHERE le >= OLD.le + INTERVAL '365 days') "
    f"THEN RETURN OLD; END IF; RAISE EXCEPTION '{REFUS}'; END $$",
    f"CREATE TRIGGER {TABLE}_garde BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION conformite_garder()",
)
LEVER = {
    "postgresql": (f"DROP TRIGGER {TABLE}_garde ON {TABLE}",),
    "sqlite": (f"DROP TRIGGER {TABLE}_fige", f"DROP TRIGGER {TABLE}_garde"),
}


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for ordre in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(ordre)


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for ordre in LEVER[schema_editor.connection.vendor]:
        schema_editor.execute(ordre)


GARDES = [SansModele(poser, lever)]

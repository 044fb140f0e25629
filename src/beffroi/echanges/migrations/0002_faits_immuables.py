"""La base elle-même refuse de changer ce qui prouve : un texte remis, une première lecture, une réponse reçue."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

COURRIER, EXEMPLAIRE, ALERTE, RETOUR, PIECE = (
    f"echanges_{nom}" for nom in ("courrier", "exemplaire", "alerte", "retour", "piecejointe")
)
# Par table : ce qui fige la ligne, et les colonnes qu'elle fige.
FIGES = {
    COURRIER: (
        "OLD.envoye_le IS NOT NULL",
        ("reference", "consultation_id", "sorte", "sujet", "texte", "reponse_avant", "redige_par_id", "redige_le",
         "envoye_le", "envoye_par_id"),
    ),
    EXEMPLAIRE: (
        "OLD.remis_le IS NOT NULL",
        ("reference", "courrier_id", "fil_id", "texte_propre", "sujet", "texte", "remis_le"),
    ),
    RETOUR: (
        "1 = 1",
        ("reference", "fil_id", "en_reponse_a_id", "texte", "ecrit_par_id", "cle_d_envoi", "recu_le", "hors_delai"),
    ),
    ALERTE: ("1 = 1", ("exemplaire_id", "personne_id", "adresse", "rang", "cle", "ecrite_le")),
}  # fmt: skip
# Posées une fois, puis ne bougent plus.
UNE_FOIS = {
    EXEMPLAIRE: ("lu_le", "lu_par_id"),
    RETOUR: ("lu_le", "lu_par_id"),
    ALERTE: ("acceptee_le", "refusee_le"),
}
REFUS = "un courrier envoyé ne se modifie pas : il prouve"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION echanges_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS}'; END $$"
        )
    for nom, quand, table, condition in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition))


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str]]:
    differe = "IS DISTINCT FROM" if moteur == "postgresql" else "IS NOT"
    for table, (quand, colonnes) in FIGES.items():
        change = " OR ".join(f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in colonnes)
        une_fois = "".join(
            f" OR (OLD.{colonne} IS NOT NULL AND OLD.{colonne} {differe} NEW.{colonne})"
            for colonne in UNE_FOIS.get(table, ())
        )
        yield f"{table}_fige", "UPDATE", table, f"({quand} AND ({change})){une_fois}"
    yield f"{PIECE}_fige", "UPDATE", PIECE, ""
    yield f"{COURRIER}_garde", "DELETE", COURRIER, "OLD.envoye_le IS NOT NULL"
    yield f"{EXEMPLAIRE}_garde", "DELETE", EXEMPLAIRE, "OLD.remis_le IS NOT NULL"
    for table in (RETOUR, ALERTE):
        yield f"{table}_garde", "DELETE", table, ""


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}EXECUTE FUNCTION echanges_refuser()"
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("echanges", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]

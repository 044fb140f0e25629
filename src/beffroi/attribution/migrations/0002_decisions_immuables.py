"""La base elle-même refuse de changer une décision, ou une lettre partie : on en prend une autre."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ATTRIBUTION, LETTRE, SUITE, DEMANDE = (
    f"attribution_{nom}" for nom in ("attribution", "lettre", "suitedonnee", "demandedemotifs")
)
# Par table : ce qui fige la ligne, et les colonnes qu'elle fige.
FIGES = {
    ATTRIBUTION: (
        "1 = 1",
        ("reference", "consultation_id", "lot", "rang", "sorte", "pli_id", "variante", "montant", "motif", "avantages",
         "classement", "motif_de_l_ecart", "fondement", "remplace_id", "cause", "motif_du_remplacement",
         "proposee_par_id", "proposee_le"),
    ),
    LETTRE: (
        "OLD.envoyee_le IS NOT NULL",
        ("reference", "consultation_id", "etablissement_id", "vague", "texte", "voie", "postee_le", "preuve_de_l_envoi",
         "envoyee_par_id", "envoyee_le", "exemplaire_id", "relue_par_id", "relue_le"),
    ),
    DEMANDE: (
        "1 = 1",
        ("reference", "lettre_id", "texte", "recue_le", "demandee_par_id", "notee_par_id", "repondre_avant"),
    ),
}  # fmt: skip
# Posées une fois, puis ne bougent plus.
UNE_FOIS = {
    ATTRIBUTION: ("decidee_par_id", "decidee_le", "rendue_par_id", "rendue_le"),
    DEMANDE: ("reponse", "repondue_le", "repondue_par_id"),
}
_PARTIE = "EXISTS (SELECT 1 FROM attribution_lettre WHERE id = OLD.lettre_id AND envoyee_le IS NOT NULL)"
REFUS = "une décision prise, une lettre partie ne se modifient pas : elles prouvent"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION attribution_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUS}'; END $$"
        )
        # PostgreSQL n'admet pas de sous-requête dans la condition d'un déclencheur.
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION attribution_suite_partie() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_PARTIE} THEN RAISE EXCEPTION '{REFUS}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for nom, quand, table, condition in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition))
    for quand in ("UPDATE", "DELETE"):
        nom = f"{SUITE}_{quand.lower()}"
        if moteur == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER {nom} BEFORE {quand} ON {SUITE} FOR EACH ROW EXECUTE FUNCTION attribution_suite_partie()"
            )
        else:
            schema_editor.execute(ordre(moteur, nom, quand, SUITE, _PARTIE))


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str]]:
    differe = "IS DISTINCT FROM" if moteur == "postgresql" else "IS NOT"
    for table, (quand, colonnes) in FIGES.items():
        change = " OR ".join(f"OLD.{colonne} {differe} NEW.{colonne}" for colonne in colonnes)
        une_fois = "".join(
            f" OR ({_posee(colonne)} AND OLD.{colonne} {differe} NEW.{colonne})" for colonne in UNE_FOIS.get(table, ())
        )
        yield f"{table}_fige", "UPDATE", table, f"({quand} AND ({change})){une_fois}"
    yield f"{LETTRE}_garde", "DELETE", LETTRE, "OLD.envoyee_le IS NOT NULL"
    for table in (ATTRIBUTION, DEMANDE):
        yield f"{table}_garde", "DELETE", table, ""


def _posee(colonne: str) -> str:
    return f"OLD.{colonne} <> ''" if colonne == "reponse" else f"OLD.{colonne} IS NOT NULL"


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}EXECUTE FUNCTION attribution_refuser()"
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{REFUS}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    noms = [(nom, table) for nom, _, table, _ in declencheurs(moteur)]
    noms += [(f"{SUITE}_{quand}", SUITE) for quand in ("update", "delete")]
    for nom, table in noms:
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


class Migration(migrations.Migration):
    dependencies = [("attribution", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]

"""La base elle-même refuse de récrire une grille, un choix, un appel émis ; et une tranche qui ne suit pas la précédente."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GRILLE, TRANCHE, CHOIX, ECART, EXERCICE, CONTRIBUTION, AVOIR, CONTESTATION = (
    f"contributions_{nom}"
    for nom in (
        "grille", "tranchetarifaire", "choixdutarif", "ecartdecompte", "exercice", "contribution", "avoir", "contestation",
    )
)  # fmt: skip
VERSIONS = "une version gardée ne se modifie pas : une autre la suit"
EMIS = "un appel émis ne se modifie pas : il se corrige par un avoir"
TROU = "cette tranche ne suit pas la précédente : la grille aurait un trou ou un chevauchement"
JANVIER = "une grille prend effet un 1er janvier"
FIGE = "un appel figé garde sa grille et ses choix"
# Ce qu'une contribution émise ne change plus : tout, sauf sa réception et où son PDF est rangé.
FIGEES = (
    "reference", "exercice_id", "adherent_id", "nom", "siret", "agents", "annee_de_l_effectif", "motifs_de_l_effectif",
    "effectif_a_verifier", "volume", "source_du_volume", "motif_du_volume", "creees", "comptees", "consultations",
    "sha256_du_compte", "convention", "debut", "fin", "fin_pour_impaye", "tranche", "est_payante", "jours", "montant",
    "motifs", "anomalies", "tranche_d_avant", "montant_d_avant", "verification", "verifiee_par_id", "verifiee_le",
    "numero", "emise_le",
)  # fmt: skip
JSON = {"motifs_de_l_effectif", "consultations", "motifs", "anomalies"}


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Un nom, un ordre, une table, ce qui le déclenche, ce qu'il dit."""
    for table in (GRILLE, TRANCHE, CHOIX, ECART, AVOIR):
        yield f"{table}_fige", "UPDATE", table, "", VERSIONS
    for table in (GRILLE, TRANCHE, CHOIX, ECART, AVOIR, EXERCICE, CONTRIBUTION, CONTESTATION):
        yield f"{table}_garde", "DELETE", table, "", VERSIONS
    change = " OR ".join(_differe(moteur, colonne) for colonne in FIGEES)
    yield f"{CONTRIBUTION}_fige", "UPDATE", CONTRIBUTION, f"OLD.emise_le IS NOT NULL AND ({change})", EMIS
    yield f"{CONTESTATION}_fige", "UPDATE", CONTESTATION, "OLD.repondue_le IS NOT NULL", VERSIONS
    choix = f"{_differe(moteur, 'grille_id')} OR {_differe(moteur, 'parametres', est_du_json=True)}"
    yield f"{EXERCICE}_fige", "UPDATE", EXERCICE, f"OLD.etat = 'emis' OR (OLD.grille_id IS NOT NULL AND ({choix}))", FIGE
    janvier = "to_char(NEW.effet, 'MM-DD')" if moteur == "postgresql" else "strftime('%m-%d', NEW.effet)"
    yield f"{GRILLE}_janvier", "INSERT", GRILLE, f"{janvier} <> '01-01'", JANVIER


def _differe(moteur: str, colonne: str, *, est_du_json: bool = False) -> str:
    """PostgreSQL ne compare pas deux `json` : il compare leur texte."""
    if moteur != "postgresql":
        return f"OLD.{colonne} IS NOT NEW.{colonne}"
    texte = "::text" if est_du_json or colonne in JSON else ""
    return f"OLD.{colonne}{texte} IS DISTINCT FROM NEW.{colonne}{texte}"


# La tranche d'avant finit juste avant celle-ci : chacune se pose après la précédente.
SUIT = (
    "NEW.numero > 1 AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.grille_id = NEW.grille_id "
    "AND t.categorie = NEW.categorie AND t.numero = NEW.numero - 1 AND t.jusqu_a = NEW.de - 1)"
).format(table=TRANCHE)


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION contributions_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION contributions_suivre() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {SUIT} THEN RAISE EXCEPTION '{TROU}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TRANCHE}_suit BEFORE INSERT ON {TRANCHE} FOR EACH ROW EXECUTE FUNCTION contributions_suivre()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TRANCHE}_suit BEFORE INSERT ON {TRANCHE} WHEN ({SUIT}) "
            f"BEGIN SELECT RAISE(ABORT, '{TROU}'); END"
        )
    for nom, quand, table, condition, phrase in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition, phrase), params=None)


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str, phrase: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == "postgresql":
        return (
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}"
            f"EXECUTE FUNCTION contributions_refuser('{phrase}')"
        )
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{phrase}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    suffixe = {"postgresql": " ON {}"}.get(moteur, "")
    schema_editor.execute(f"DROP TRIGGER {TRANCHE}_suit" + suffixe.format(TRANCHE))
    for nom, _, table, _, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + suffixe.format(table))


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initiale")]
    operations = [migrations.RunPython(poser, lever)]

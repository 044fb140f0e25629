"""La base elle-même refuse de récrire une grille, un choix, un appel émis ; une tranche qui ne suit pas la précédente ; un adhérent
appelé deux fois pour la même année."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.socle.journal.faits_immuables import POSTGRESQL

GRILLE, TRANCHE, CHOIX, ECART, EXERCICE, CONTRIBUTION, AVOIR, CONTESTATION = (
    f"contributions_{nom}"
    for nom in (
        "grille", "tranchetarifaire", "choixdutarif", "ecartdecompte", "exercice", "contribution", "avoir", "contestation",
    )
)
VERSIONS = "une version gardée ne se modifie pas : une autre la suit"
EMIS = "un appel émis ne se modifie pas : il se corrige par un avoir"
TROU = "cette tranche ne suit pas la précédente : la grille aurait un trou ou un chevauchement"
JANVIER = "une grille prend effet un 1er janvier"
FIGE = "un appel figé garde sa grille et ses choix"
DEUX_FOIS = "cet adhérent est déjà appelé pour cette année"
# Ce qu'une contribution émise ne change plus : tout, sauf sa réception et où son PDF est rangé.
FIGEES = (
    "reference", "exercice_id", "adherent_id", "nom", "siret", "agents", "annee_de_l_effectif", "motifs_de_l_effectif",
    "effectif_a_verifier", "volume", "source_du_volume", "motif_du_volume", "creees", "comptees", "consultations",
    "sha256_du_compte", "convention", "debut", "fin", "fin_pour_impaye", "tranche", "est_payante", "jours", "montant",
    "motifs", "anomalies", "tranche_d_avant", "montant_d_avant", "verification", "verifiee_par_id", "verifiee_le",
    "numero", "emise_le",
)
DE_LA_REGULARISATION = ("regularise_id", "deja_appele", "a_rendre")
DES_JOURS = ("interruptions", "corrige")
JSON = {"parametres", "motifs_de_l_effectif", "consultations", "motifs", "anomalies", "interruptions"}
EMISE = "OLD.emise_le IS NOT NULL"
# La tranche d'avant finit juste avant celle-ci : chacune se pose après la précédente.
SUIT = (
    "NEW.numero > 1 AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.grille_id = NEW.grille_id "
    "AND t.categorie = NEW.categorie AND t.numero = NEW.numero - 1 AND t.jusqu_a = NEW.de - 1)"
).format(table=TRANCHE)
# Une régularisation s'ajoute à l'appel qu'elle reprend ; hors d'elle, un adhérent n'a qu'un appel émis par an.
S_EMET = "OLD.emise_le IS NULL AND NEW.emise_le IS NOT NULL AND NEW.regularise_id IS NULL"
DEJA = (
    "EXISTS (SELECT 1 FROM {c} c JOIN {x} x ON x.id = c.exercice_id JOIN {x} n ON n.id = NEW.exercice_id "
    "WHERE c.adherent_id = NEW.adherent_id AND x.annee = n.annee AND c.id <> NEW.id "
    "AND c.regularise_id IS NULL AND c.emise_le IS NOT NULL)"
).format(c=CONTRIBUTION, x=EXERCICE)

Garde = tuple[str, str, str, str, str]


def gardes(moteur: str) -> Iterator[Garde]:
    """Un nom, un ordre, une table, ce qui le déclenche, ce qu'il dit."""
    for table in (GRILLE, TRANCHE, CHOIX, ECART, AVOIR):
        yield f"{table}_fige", "UPDATE", table, "", VERSIONS
    for table in (GRILLE, TRANCHE, CHOIX, ECART, AVOIR, EXERCICE, CONTRIBUTION, CONTESTATION):
        yield f"{table}_garde", "DELETE", table, "", VERSIONS
    yield f"{CONTESTATION}_fige", "UPDATE", CONTESTATION, "OLD.repondue_le IS NOT NULL", VERSIONS
    choix = f"OLD.etat = 'emis' OR (OLD.grille_id IS NOT NULL AND ({changees(moteur, 'grille_id', 'parametres')}))"
    yield f"{EXERCICE}_fige", "UPDATE", EXERCICE, choix, FIGE
    yield from gardes_d_un_appel_emis(moteur)
    janvier = "to_char(NEW.effet, 'MM-DD')" if moteur == POSTGRESQL else "strftime('%m-%d', NEW.effet)"
    yield f"{GRILLE}_janvier", "INSERT", GRILLE, f"{janvier} <> '01-01'", JANVIER


def gardes_d_un_appel_emis(moteur: str) -> Iterator[Garde]:
    dit = f"{EMISE} AND ({changees(moteur, *FIGEES)})"
    regularise = f"{EMISE} AND ({changees(moteur, *DE_LA_REGULARISATION)})"
    yield f"{CONTRIBUTION}_fige", "UPDATE", CONTRIBUTION, f"({dit}) OR ({regularise})", EMIS
    jours = f"{EMISE} AND ({changees(moteur, *DES_JOURS)})"
    yield f"{CONTRIBUTION}_fige_ses_jours", "UPDATE", CONTRIBUTION, jours, EMIS


def changees(moteur: str, *colonnes: str) -> str:
    return " OR ".join(_differe(moteur, colonne) for colonne in colonnes)


def _differe(moteur: str, colonne: str) -> str:
    """PostgreSQL ne compare pas deux `json` : il compare leur texte."""
    if moteur != POSTGRESQL:
        return f"OLD.{colonne} IS NOT NEW.{colonne}"
    texte = "::text" if colonne in JSON else ""
    return f"OLD.{colonne}{texte} IS DISTINCT FROM NEW.{colonne}{texte}"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    sortes = _sur_postgresql() if moteur == POSTGRESQL else _sur_sqlite()
    for ordre in (*sortes, *(_ordre(moteur, *garde) for garde in gardes(moteur))):
        schema_editor.execute(ordre, params=None)


def _sur_postgresql() -> Iterator[str]:
    """La fonction qui refuse, et les deux gardes qui lisent une autre ligne : la condition d'un déclencheur ne le peut pas."""
    refus = "USING ERRCODE = 'integrity_constraint_violation'"
    for nom, corps in (
        ("refuser", f"RAISE EXCEPTION '%', TG_ARGV[0] {refus};"),
        ("suivre", f"IF {SUIT} THEN RAISE EXCEPTION '{TROU}' {refus}; END IF; RETURN NEW;"),
        ("une_fois", f"IF {DEJA} THEN RAISE EXCEPTION '{DEUX_FOIS}' {refus}; END IF; RETURN NEW;"),
    ):
        yield (
            f"CREATE OR REPLACE FUNCTION contributions_{nom}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {corps} END $$"
        )
    yield (
        f"CREATE TRIGGER {TRANCHE}_suit BEFORE INSERT ON {TRANCHE} FOR EACH ROW EXECUTE FUNCTION contributions_suivre()"
    )
    yield (
        f"CREATE TRIGGER {CONTRIBUTION}_une_fois BEFORE UPDATE ON {CONTRIBUTION} FOR EACH ROW WHEN ({S_EMET}) "
        "EXECUTE FUNCTION contributions_une_fois()"
    )


def _sur_sqlite() -> Iterator[str]:
    yield _ordre("sqlite", f"{TRANCHE}_suit", "INSERT", TRANCHE, SUIT, TROU)
    yield _ordre("sqlite", f"{CONTRIBUTION}_une_fois", "UPDATE", CONTRIBUTION, f"{S_EMET} AND {DEJA}", DEUX_FOIS)


def _ordre(moteur: str, nom: str, quand: str, table: str, condition: str, phrase: str) -> str:
    garde = f"WHEN ({condition}) " if condition else ""
    if moteur == POSTGRESQL:
        return (
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}"
            f"EXECUTE FUNCTION contributions_refuser('{phrase}')"
        )
    dite = phrase.replace("'", "''")
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{dite}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    poses = [(nom, table) for nom, _, table, _, _ in gardes(moteur)]
    for nom, table in (*poses, (f"{TRANCHE}_suit", TRANCHE), (f"{CONTRIBUTION}_une_fois", CONTRIBUTION)):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == POSTGRESQL else ""))


GARDES = [SansModele(poser, lever)]

# Ajoutées après le départ : ce dont une présomption part, et ce qu'une personne a décidé.
DE_LA_PRESOMPTION = (
    "origine_de_l_effectif", "nature", "habitants", "habitants_au", "source_des_habitants", "decision", "presumee",
)
PRESOMPTION_FIGEE = f"{CONTRIBUTION}_fige_sa_presomption"


def poser_la_presomption(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur != POSTGRESQL:
        for ordre in _reposees_sur_sqlite():
            schema_editor.execute(ordre, params=None)
    dit = f"{EMISE} AND ({changees(moteur, *DE_LA_PRESOMPTION)})"
    schema_editor.execute(_ordre(moteur, PRESOMPTION_FIGEE, "UPDATE", CONTRIBUTION, dit, EMIS), params=None)


def _reposees_sur_sqlite() -> Iterator[str]:
    """SQLite refait la table qu'on change, et oublie ses déclencheurs : les mêmes, posés de nouveau."""
    siennes = [garde for garde in gardes("sqlite") if garde[2] == CONTRIBUTION]
    une_fois = (f"{CONTRIBUTION}_une_fois", "UPDATE", CONTRIBUTION, f"{S_EMET} AND {DEJA}", DEUX_FOIS)
    for garde in (*siennes, une_fois):
        yield f"DROP TRIGGER IF EXISTS {garde[0]}"
        yield _ordre("sqlite", *garde)


def lever_la_presomption(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {CONTRIBUTION}" if schema_editor.connection.vendor == POSTGRESQL else ""
    schema_editor.execute(f"DROP TRIGGER {PRESOMPTION_FIGEE}{sur}")


GARDES_DE_LA_PRESOMPTION = [SansModele(poser_la_presomption, lever_la_presomption)]

"""La base elle-même refuse de changer une décision, ou une autre offre retenue, une lettre partie : on en prend une autre."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.socle.journal.faits_immuables import POSTGRESQL, Declencheur, Refus, changees, figees, ordre, refuser

ATTRIBUTION, AUTRE, LETTRE, SUITE, DEMANDE = (
    f"attribution_{nom}" for nom in ("attribution", "autreretenue", "lettre", "suitedonnee", "demandedemotifs")
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
}
# Posées une fois, puis ne bougent plus.
UNE_FOIS = {
    ATTRIBUTION: ("decidee_par_id", "decidee_le", "rendue_par_id", "rendue_le"),
    DEMANDE: ("reponse", "repondue_le", "repondue_par_id"),
}
_PARTIE = "EXISTS (SELECT 1 FROM attribution_lettre WHERE id = OLD.lettre_id AND envoyee_le IS NOT NULL)"
REFUS = Refus("attribution_refuser", "une décision prise, une lettre partie ne se modifient pas : elles prouvent")
SUITE_PARTIE = Refus("attribution_suite_partie", REFUS.phrase)


def declencheurs(differe: str) -> Iterator[Declencheur]:
    for table, (quand, colonnes) in FIGES.items():
        une_fois = "".join(
            f" OR ({_posee(colonne)} AND OLD.{colonne} {differe} NEW.{colonne})" for colonne in UNE_FOIS.get(table, ())
        )
        condition = f"({quand} AND ({changees(colonnes, differe)})){une_fois}"
        yield Declencheur(f"{table}_fige", "UPDATE", table, condition)
    yield Declencheur(f"{LETTRE}_garde", "DELETE", LETTRE, "OLD.envoyee_le IS NOT NULL")
    for table in (ATTRIBUTION, DEMANDE):
        yield Declencheur(f"{table}_garde", "DELETE", table)


def _posee(colonne: str) -> str:
    return f"OLD.{colonne} <> ''" if colonne == "reponse" else f"OLD.{colonne} IS NOT NULL"


def garder_les_suites(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL n'admet pas de sous-requête dans la condition d'un déclencheur : sa fonction la lit."""
    moteur = schema_editor.connection.vendor
    if moteur == POSTGRESQL:
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {SUITE_PARTIE.fonction}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_PARTIE} THEN RAISE EXCEPTION '{SUITE_PARTIE.texte}'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for quand in ("UPDATE", "DELETE"):
        condition = "" if moteur == POSTGRESQL else _PARTIE
        garde = Declencheur(f"{SUITE}_{quand.lower()}", quand, SUITE, condition)
        schema_editor.execute(ordre(moteur, SUITE_PARTIE, garde))


def lever_les_suites(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {SUITE}" if schema_editor.connection.vendor == POSTGRESQL else ""
    for quand in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {SUITE}_{quand}{sur}")


def des_retenues(differe: str) -> Iterator[Declencheur]:
    """Une autre offre retenue, ou le nombre de titulaires prévu : on prend une autre décision."""
    titulaires = changees(("titulaires_prevus",), differe)
    yield Declencheur(f"{ATTRIBUTION}_titulaires", "UPDATE", ATTRIBUTION, titulaires)
    yield from figees((AUTRE,))


DES_DECISIONS = [refuser(REFUS, declencheurs), SansModele(garder_les_suites, lever_les_suites)]
DES_RETENUES = refuser(REFUS, des_retenues)
GARDES = [*DES_DECISIONS, DES_RETENUES]

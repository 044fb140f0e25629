"""La base elle-même refuse de récrire un titre, un paiement : l'un s'annule, l'autre se contre-passe, une fois."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele

TITRE, PAIEMENT, IMPORT = (f"recettes_{nom}" for nom in ("titrederecette", "paiement", "importderecettes"))
GARDE = "une recette notée ne s'efface pas"
TITRE_NOTE = "un titre noté ne se modifie pas : il s'annule, une fois"
PAIEMENT_NOTE = "un paiement noté ne se modifie pas : il se rapproche ou se contre-passe, une fois"
DU_TITRE = ("reference", "contribution_id", "exercice", "numero", "emis_le", "montant", "importe_de_id", "note_par_id",
            "note_le")
DU_PAIEMENT = ("reference", "numero", "recu_le", "montant", "libelle", "importe_de_id", "note_par_id", "note_le")


def declencheurs(moteur: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Un nom, un ordre, une table, ce qui le déclenche, ce qu'il dit."""
    for table in (TITRE, PAIEMENT, IMPORT):
        yield f"{table}_garde", "DELETE", table, "", GARDE
    change = " OR ".join(_differe(moteur, colonne) for colonne in DU_TITRE)
    yield f"{TITRE}_fige", "UPDATE", TITRE, f"OLD.annule_le IS NOT NULL OR {change}", TITRE_NOTE
    change = " OR ".join(_differe(moteur, colonne) for colonne in DU_PAIEMENT)
    rapproche = f"(OLD.titre_id IS NOT NULL AND {_differe(moteur, 'titre_id')})"
    condition = f"OLD.contrepasse_le IS NOT NULL OR {rapproche} OR {change}"
    yield f"{PAIEMENT}_fige", "UPDATE", PAIEMENT, condition, PAIEMENT_NOTE


def _differe(moteur: str, colonne: str) -> str:
    return f"OLD.{colonne} {'IS DISTINCT FROM' if moteur == 'postgresql' else 'IS NOT'} NEW.{colonne}"


def poser(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    if moteur == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION recettes_refuser() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for nom, quand, table, condition, phrase in declencheurs(moteur):
        schema_editor.execute(ordre(moteur, nom, quand, table, condition, phrase), params=None)


def ordre(moteur: str, nom: str, quand: str, table: str, condition: str, phrase: str) -> str:
    garde, dite = (f"WHEN ({condition}) " if condition else ""), phrase.replace("'", "''")
    if moteur == "postgresql":
        return (
            f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} FOR EACH ROW {garde}"
            f"EXECUTE FUNCTION recettes_refuser('{dite}')"
        )
    return f"CREATE TRIGGER {nom} BEFORE {quand} ON {table} {garde}BEGIN SELECT RAISE(ABORT, '{dite}'); END"


def lever(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    moteur = schema_editor.connection.vendor
    for nom, _, table, _, _ in declencheurs(moteur):
        schema_editor.execute(f"DROP TRIGGER {nom}" + (f" ON {table}" if moteur == "postgresql" else ""))


GARDES = [SansModele(poser, lever)]

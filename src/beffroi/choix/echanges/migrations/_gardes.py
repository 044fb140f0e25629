"""La base elle-même refuse de changer ce qui prouve : un texte remis, une première lecture, une réponse reçue, un fichier remis."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.socle.journal.faits_immuables import POSTGRESQL, Declencheur, Refus, changees, refuser

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
}
# Posées une fois, puis ne bougent plus.
UNE_FOIS = {
    EXEMPLAIRE: ("lu_le", "lu_par_id"),
    RETOUR: ("lu_le", "lu_par_id"),
    ALERTE: ("acceptee_le", "refusee_le"),
}
REMISE = (
    "OLD.retour_id IS NOT NULL"
    " OR EXISTS (SELECT 1 FROM echanges_courrier c WHERE c.id = OLD.courrier_id AND c.envoye_le IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM echanges_exemplaire x WHERE x.id = OLD.exemplaire_id AND x.remis_le IS NOT NULL)"
)
REFUS = Refus("echanges_refuser", "un courrier envoyé ne se modifie pas : il prouve")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    for table, (quand, colonnes) in FIGES.items():
        une_fois = "".join(
            f" OR (OLD.{colonne} IS NOT NULL AND OLD.{colonne} {differe} NEW.{colonne})"
            for colonne in UNE_FOIS.get(table, ())
        )
        condition = f"({quand} AND ({changees(colonnes, differe)})){une_fois}"
        yield Declencheur(f"{table}_fige", "UPDATE", table, condition)
    yield Declencheur(f"{PIECE}_fige", "UPDATE", PIECE)
    yield Declencheur(f"{COURRIER}_garde", "DELETE", COURRIER, "OLD.envoye_le IS NOT NULL")
    yield Declencheur(f"{EXEMPLAIRE}_garde", "DELETE", EXEMPLAIRE, "OLD.remis_le IS NOT NULL")
    for table in (RETOUR, ALERTE):
        yield Declencheur(f"{table}_garde", "DELETE", table)


def garder_les_pieces(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL ne lit pas d'autre table dans la condition d'un déclencheur : sa fonction la lit."""
    debut = f"CREATE TRIGGER {PIECE}_garde BEFORE DELETE ON {PIECE}"
    if schema_editor.connection.vendor == POSTGRESQL:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION echanges_garder_la_piece() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {REMISE} THEN RAISE EXCEPTION '{REFUS.texte}'; END IF; RETURN OLD; END $$"
        )
        schema_editor.execute(f"{debut} FOR EACH ROW EXECUTE FUNCTION echanges_garder_la_piece()")
    else:
        schema_editor.execute(f"{debut} WHEN ({REMISE}) BEGIN SELECT RAISE(ABORT, '{REFUS.texte}'); END")


def lever_la_garde_des_pieces(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    sur = f" ON {PIECE}" if schema_editor.connection.vendor == POSTGRESQL else ""
    schema_editor.execute(f"DROP TRIGGER {PIECE}_garde{sur}")


DES_COURRIERS = refuser(REFUS, declencheurs)
DES_PIECES = SansModele(garder_les_pieces, lever_la_garde_des_pieces)
GARDES = [DES_COURRIERS, DES_PIECES]

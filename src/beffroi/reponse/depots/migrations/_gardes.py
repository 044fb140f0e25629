"""La base elle-même refuse de changer ce qui prouve : l'heure, le délai, l'entreprise, le récépissé. Un pli ne s'efface pas."""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from beffroi.socle.fondations.sans_modele import SansModele
from beffroi.socle.journal.faits_immuables import POSTGRESQL, Declencheur, Refus, changees, ordre, refuser

PLI = "depots_pli"
FIXES = (
    "reference", "consultation_id", "brouillon_id", "entreprise_id", "etablissement_id", "depose_par_id", "lots",
    "groupement", "cle_d_idempotence", "debut_transmission", "fin_transmission", "recu_le", "date_limite", "hors_delai",
    "remplace_id", "version_client",
)
ACCUSE = "depots_accusedereception"
ENVELOPPE = "depots_enveloppe"
SANS_RETOUCHE = (ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers")
SANS_RETRAIT = (PLI, ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers", "depots_depotmateriel")
REFUS = Refus("depots_refuser", "un dépôt ne se modifie pas : il prouve")
# Un dépôt d'essai de la plateforme s'efface : pour chaque table gardée, ce qui dit que la ligne vient de la consultation
# technique. {ligne} est celle qu'on efface.
DU_PLI = "FROM depots_pli p JOIN consultations_consultation c ON c.id = p.consultation_id"
ESSAI = {
    PLI: "FROM consultations_consultation c WHERE c.id = {ligne}.consultation_id AND c.technique",
    ACCUSE: f"{DU_PLI} WHERE p.id = {{ligne}}.pli_id AND c.technique",
    ENVELOPPE: f"{DU_PLI} WHERE p.id = {{ligne}}.pli_id AND c.technique",
    "depots_enveloppe_fichiers": (
        f"{DU_PLI} JOIN depots_enveloppe e ON e.pli_id = p.id WHERE e.id = {{ligne}}.enveloppe_id AND c.technique"
    ),
}


def declencheurs(differe: str) -> Iterator[Declencheur]:
    # L’écriture et le retrait se posent une fois, puis ne bougent plus.
    une_fois = [f"(OLD.{c} IS NOT NULL AND OLD.{c} {differe} NEW.{c})" for c in ("ecriture", "retire_le")]
    yield Declencheur("depots_pli_fige", "UPDATE", PLI, " OR ".join([changees(FIXES, differe), *une_fois]))
    for table in SANS_RETOUCHE:
        yield Declencheur(f"{table}_fige", "UPDATE", table)
    for table in SANS_RETRAIT:
        yield Declencheur(f"{table}_garde", "DELETE", table)


GARDER_SAUF_LES_ESSAIS = f"""
CREATE OR REPLACE FUNCTION depots_garder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE d_essai boolean;
BEGIN
  EXECUTE 'SELECT EXISTS (SELECT 1 ' || TG_ARGV[0] || ')' INTO d_essai USING OLD;
  IF d_essai THEN RETURN OLD; END IF;
  RAISE EXCEPTION '{REFUS.texte}';
END $$"""


def garder_sauf_les_essais(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    postgresql = schema_editor.connection.vendor == POSTGRESQL
    if postgresql:
        schema_editor.execute(GARDER_SAUF_LES_ESSAIS)
    for table, essai in ESSAI.items():
        lever(schema_editor, table)
        debut = f"CREATE TRIGGER {table}_garde BEFORE DELETE ON {table}"
        if postgresql:
            appel = f"depots_garder('{essai.format(ligne='($1)')}')"
            schema_editor.execute(f"{debut} FOR EACH ROW EXECUTE FUNCTION {appel}")
        else:
            garde = f"WHEN NOT EXISTS (SELECT 1 {essai.format(ligne='OLD')})"
            schema_editor.execute(f"{debut} {garde} BEGIN SELECT RAISE(ABORT, '{REFUS.texte}'); END")


def garder_tout(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in ESSAI:
        lever(schema_editor, table)
        garde = Declencheur(f"{table}_garde", "DELETE", table)
        schema_editor.execute(ordre(schema_editor.connection.vendor, REFUS, garde))


def lever(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    sur = f" ON {table}" if schema_editor.connection.vendor == POSTGRESQL else ""
    schema_editor.execute(f"DROP TRIGGER {table}_garde{sur}")


MATERIEL = "depots_depotmateriel"
DES_DEPOTS = refuser(REFUS, declencheurs)
DES_DEPOTS_MATERIELS = refuser(REFUS, lambda differe: [Declencheur(f"{MATERIEL}_fige", "UPDATE", MATERIEL)])
DES_TOURS = refuser(REFUS, lambda differe: [Declencheur(f"{PLI}_tour_fige", "UPDATE", PLI, changees(("tour_id",), differe))])
SAUF_LES_ESSAIS = SansModele(garder_sauf_les_essais, garder_tout)
GARDES = [DES_DEPOTS, DES_DEPOTS_MATERIELS, DES_TOURS, SAUF_LES_ESSAIS]

"""La base elle-même refuse de changer ce qui prouve : l'heure, le délai, l'entreprise, le récépissé. Un pli ne s'efface pas."""

from collections.abc import Iterator

from django.db import migrations

from beffroi.journal.faits_immuables import Declencheur, Refus, changees, refuser

PLI = "depots_pli"
FIXES = (
    "reference", "consultation_id", "brouillon_id", "entreprise_id", "etablissement_id", "depose_par_id", "lots",
    "groupement", "cle_d_idempotence", "debut_transmission", "fin_transmission", "recu_le", "date_limite", "hors_delai",
    "remplace_id", "version_client",
)  # fmt: skip
ACCUSE = "depots_accusedereception"
ENVELOPPE = "depots_enveloppe"
SANS_RETOUCHE = (ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers")
SANS_RETRAIT = (PLI, ACCUSE, ENVELOPPE, "depots_enveloppe_fichiers", "depots_depotmateriel")
REFUS = Refus("depots_refuser", "un dépôt ne se modifie pas : il prouve")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    # L’écriture et le retrait se posent une fois, puis ne bougent plus.
    une_fois = [f"(OLD.{c} IS NOT NULL AND OLD.{c} {differe} NEW.{c})" for c in ("ecriture", "retire_le")]
    yield Declencheur("depots_pli_fige", "UPDATE", PLI, " OR ".join([changees(FIXES, differe), *une_fois]))
    for table in SANS_RETOUCHE:
        yield Declencheur(f"{table}_fige", "UPDATE", table)
    for table in SANS_RETRAIT:
        yield Declencheur(f"{table}_garde", "DELETE", table)


class Migration(migrations.Migration):
    dependencies = [("depots", "0001_initiale")]
    operations = [refuser(REFUS, declencheurs)]

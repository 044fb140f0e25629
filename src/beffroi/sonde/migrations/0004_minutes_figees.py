"""Une minute du serveur, une mesure d'ailleurs ne changent ni ne s'effacent. S'y pose, une fois, le numéro de leur écriture."""

from collections.abc import Iterator

from django.db import migrations

from beffroi.journal.faits_immuables import Declencheur, Refus, changees, refuser

REFUS = Refus("sonde_minutes_refuser", "une mesure de la sonde ne se modifie pas : elle prouve")
FIXES = {
    "sonde_minuteduserveur": (
        "minute", "reponses", "erreurs", "en_vol", "places", "libre", "total", "origine", "notee_le",
    ),
    "sonde_mesureexterieure": ("source", "le", "reussie", "duree_ms", "statut_http", "phrase", "notee_le"),
}  # fmt: skip


def declencheurs(differe: str) -> Iterator[Declencheur]:
    for table, colonnes in FIXES.items():
        une_fois = f"(OLD.ecriture IS NOT NULL AND OLD.ecriture {differe} NEW.ecriture)"
        yield Declencheur(f"{table}_fige", "UPDATE", table, f"{changees(colonnes, differe)} OR {une_fois}")
        yield Declencheur(f"{table}_garde", "DELETE", table)


class Migration(migrations.Migration):
    dependencies = [("sonde", "0003_minutes_et_exterieures")]
    operations = [refuser(REFUS, declencheurs)]

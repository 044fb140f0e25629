"""Une mesure ne change ni ne s'efface : la base le refuse. Seul s'y pose, une fois, le numéro de l'écriture qui la fige."""

from collections.abc import Iterator

from django.db import migrations

from beffroi.journal.faits_immuables import Declencheur, Refus, changees, refuser

REFUS = Refus("sonde_refuser", "une mesure de la sonde ne se modifie pas : elle prouve")
FIXES = {
    "sonde_mesure": (
        "commencee_le", "reussie", "etape", "statut_http", "phrase", "duree_ms", "recepisse", "origine", "notee_le",
    ),
    "sonde_ecartdhorloge": ("le", "source", "ecart_ms", "marge_ms", "phrase", "origine", "notee_le"),
}  # fmt: skip


def declencheurs(differe: str) -> Iterator[Declencheur]:
    for table, colonnes in FIXES.items():
        une_fois = f"(OLD.ecriture IS NOT NULL AND OLD.ecriture {differe} NEW.ecriture)"
        yield Declencheur(f"{table}_fige", "UPDATE", table, f"{changees(colonnes, differe)} OR {une_fois}")
        yield Declencheur(f"{table}_garde", "DELETE", table)


class Migration(migrations.Migration):
    dependencies = [("sonde", "0001_initiale")]
    operations = [refuser(REFUS, declencheurs)]

"""Ni mesure, ni minute du serveur ne change ou ne s'efface : la base le refuse. S'y pose, une fois, le numéro de leur écriture."""

from collections.abc import Iterator, Mapping

from django.db.migrations import RunPython

from beffroi.socle.journal.faits_immuables import Declencheur, Refus, changees, refuser

Colonnes = Mapping[str, tuple[str, ...]]
PHRASE = "une mesure de la sonde ne se modifie pas : elle prouve"
MESURES: Colonnes = {
    "sonde_mesure": (
        "commencee_le", "reussie", "etape", "statut_http", "phrase", "duree_ms", "recepisse", "origine", "notee_le",
    ),
    "sonde_ecartdhorloge": ("le", "source", "ecart_ms", "marge_ms", "phrase", "origine", "notee_le"),
}
MINUTES: Colonnes = {
    "sonde_minuteduserveur": (
        "minute", "reponses", "erreurs", "en_vol", "places", "libre", "total", "origine", "notee_le",
    ),
    "sonde_mesureexterieure": ("source", "le", "reussie", "duree_ms", "statut_http", "phrase", "notee_le"),
}


def figer(fonction: str, fixes: Colonnes) -> RunPython:
    def declencheurs(differe: str) -> Iterator[Declencheur]:
        for table, colonnes in fixes.items():
            une_fois = f"(OLD.ecriture IS NOT NULL AND OLD.ecriture {differe} NEW.ecriture)"
            yield Declencheur(f"{table}_fige", "UPDATE", table, f"{changees(colonnes, differe)} OR {une_fois}")
            yield Declencheur(f"{table}_garde", "DELETE", table)

    return refuser(Refus(fonction, PHRASE), declencheurs)


DES_MESURES = figer("sonde_refuser", MESURES)
DES_MINUTES = figer("sonde_minutes_refuser", MINUTES)
GARDES = [DES_MESURES, DES_MINUTES]

"""La base elle-même refuse de changer un vote, un retrait, une dispense, ou une réunion close : on en inscrit un autre."""

from collections.abc import Iterator

from beffroi.socle.journal.faits_immuables import Declencheur, Refus, changees, figees, refuser

REUNION = "commissions_reunion"
INSCRITS = ("commissions_deliberation", "commissions_deport", "commissions_dispense")
# Une réunion annulée, la lettre d'un projet, la levée de l'anonymat.
AJOUTES = ("commissions_annulation", "commissions_codedeprojet", "commissions_leveedanonymat")
# Une fois close, la réunion ne reçoit plus que son exemplaire signé, une seule fois.
CLOSES = ("prevue_le", "lieu", "a_distance", "suite_de_id", "convoquee_le", "motif_du_delai", "close_le", "close_par_id",
          "odt", "sha256_odt", "pdf", "sha256_pdf")
SIGNEES = ("signe", "sha256_signe", "nom_du_signe", "signe_recu_le")
REFUS = Refus("commissions_refuser", "un vote inscrit, une réunion close ne se modifient pas : ils prouvent")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    yield from figees(INSCRITS)
    close = f"OLD.close_le IS NOT NULL AND ({changees(CLOSES, differe)})"
    yield Declencheur(f"{REUNION}_close", "UPDATE", REUNION, close)
    signee = f"OLD.signe <> '' AND ({changees(SIGNEES, differe)})"
    yield Declencheur(f"{REUNION}_signee", "UPDATE", REUNION, signee)
    yield Declencheur(f"{REUNION}_garde", "DELETE", REUNION, "OLD.convoquee_le IS NOT NULL")


DES_VOTES = refuser(REFUS, declencheurs)
DES_ANNULATIONS = refuser(REFUS, lambda differe: figees(AJOUTES))
GARDES = [DES_VOTES, DES_ANNULATIONS]

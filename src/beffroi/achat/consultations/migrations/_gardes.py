"""La consultation où la plateforme s'éprouve. Le mot se pose à la naissance : la base refuse de le changer."""

from beffroi.socle.journal.faits_immuables import Declencheur, Refus, changees, refuser

TABLE = "consultations_consultation"
REFUS = Refus("consultations_refuser_la_technique", "une consultation ne devient ni ne cesse d'être technique")


def declencheurs(differe: str) -> list[Declencheur]:
    return [Declencheur("consultations_technique", "UPDATE", TABLE, changees(["technique"], differe))]


GARDES = [refuser(REFUS, declencheurs)]

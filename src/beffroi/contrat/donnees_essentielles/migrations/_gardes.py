"""La base elle-même refuse de changer une fiche publiée, ses titulaires, ce qui s'y est ajouté (CCP, art. L. 2196-2)."""

from collections.abc import Iterator

from beffroi.socle.journal.faits_immuables import Declencheur, Refus, figees, refuser

FICHE, TITULAIRE, AJOUT = (f"donnees_essentielles_{nom}" for nom in ("fichedecontrat", "titulairedefiche", "ajoutafiche"))
PUBLIEE = "OLD.publiee_le IS NOT NULL"
REFUS = Refus("donnees_essentielles_refuser", "une fiche publiée ne se modifie pas : elle se complète")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    yield Declencheur(f"{FICHE}_fige", "UPDATE", FICHE, PUBLIEE)
    yield Declencheur(f"{FICHE}_garde", "DELETE", FICHE, PUBLIEE)
    yield from figees((TITULAIRE, AJOUT))


GARDES = [refuser(REFUS, declencheurs)]

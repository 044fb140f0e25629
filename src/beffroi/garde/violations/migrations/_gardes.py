"""La base elle-même refuse d'effacer une violation, de récrire ses faits, ses suites, ou ce qu'un adhérent en a su.

L'autorité de contrôle vérifie le respect de l'article 33 sur ce registre (RGPD, art. 33, § 5).
"""

from collections.abc import Iterator

from beffroi.socle.journal.faits_immuables import Declencheur, Refus, changees, figees, refuser

VIOLATION = "violations_violation"
SUITES = ("violations_suite", "violations_touche")
# Ce qu'une précision change, en disant l'ancien dans sa suite ; ce que la clôture pose. Le reste est dit une fois.
PRECISABLES = ("responsable", "sous_traitant", "risque", "nombre_de_personnes", "nombre_d_enregistrements")
CLOTURE = ("etat", "close_le", "bilan")
DITES = (
    "reference", "titre", "connue_le", "commencee_le", "confidentialite", "integrite", "disponibilite", "nature",
    "personnes", "donnees", "consequences", "mesures", "raison_du_risque", "declaree_le", "declaree_par_id", "cle_d_envoi",
)
REFUS = Refus("violations_refuser", "le registre des violations ne se modifie pas : une suite s'y ajoute")


def declencheurs(differe: str) -> Iterator[Declencheur]:
    yield from figees(SUITES)
    close = f"OLD.close_le IS NOT NULL AND ({changees(PRECISABLES + CLOTURE, differe)})"
    yield Declencheur(f"{VIOLATION}_fige", "UPDATE", VIOLATION, f"({close}) OR {changees(DITES, differe)}")
    yield Declencheur(f"{VIOLATION}_garde", "DELETE", VIOLATION)


GARDES = [refuser(REFUS, declencheurs)]

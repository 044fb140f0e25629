"""Ce que le centre garde d'un organisme parti, et pourquoi :
ses propres archives, jamais celles qu'il tenait pour lui.

Qui reçoit ou produit un document dans sa mission le garde (code du patrimoine, art. L. 211-4) ;
ce que l'acheteur a produit est à lui (art. L. 212-6), et s'efface d'ici une fois rendu.
"""

from dataclasses import dataclass

from droit.citation import Article
from droit.decision import Motif

A_LUI = Article("code du patrimoine", "L. 211-4")
SANS_VISA = Article("code du patrimoine", "L. 212-2")
REGISTRE_DES_VIOLATIONS = Article("RGPD", "33, § 5")


@dataclass(frozen=True, slots=True)
class Reste:
    """Ce qui reste, dit à qui efface, et pourquoi."""

    quoi: str
    motif: Motif


CONVENTION = Reste(
    "La convention, ses avenants, ses lettres",
    Motif("Le centre en est l'autre partie : elle est aussi dans ses archives.", A_LUI),
)
COMPTES = Reste(
    "Les contributions, les titres, les factures, les paiements",
    Motif(
        "Ils justifient les comptes du centre, qui ne s'en défait que sous son propre visa.",
        SANS_VISA,
    ),
)
VIOLATIONS = Reste(
    "Le registre des violations de données",
    Motif(
        "Qui a subi une violation la documente, et le montre à la CNIL.", REGISTRE_DES_VIOLATIONS
    ),
)
JOURNAL = Reste(
    "Le journal et ses preuves : les actes, les empreintes, les jetons",
    Motif(
        (
            "Ils prouvent ce qui a été fait, puis détruit. "
            "Ils ne disent pas ce qu'un fichier contenait."
        ),
        A_LUI,
    ),
)
RESTE = {
    "conventions": CONVENTION,
    "apports": CONVENTION,
    "recettes": COMPTES,
    "contributions": COMPTES,
    "facturation": COMPTES,
    "impayes": COMPTES,
    "violations": VIOLATIONS,
}
# Chez qui les pièces sont à l'organisme.
# Un contexte qui n'est dans aucune des deux listes ne s'efface pas.
S_EFFACE = frozenset({"assistance", "donnees_essentielles", "marches", "versements"})


def s_efface(contexte: str) -> bool:
    """Une pièce que tient ce contexte,
    hors de toute consultation, va au bordereau de qui s'en va.
    """
    return contexte in S_EFFACE and contexte not in RESTE


def ce_qui_reste() -> tuple[Reste, ...]:
    """Chaque sorte une fois, dans l'ordre où elle se dit."""
    return (*dict.fromkeys(RESTE.values()), JOURNAL)

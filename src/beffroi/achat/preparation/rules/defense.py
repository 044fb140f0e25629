"""Les marchés de défense ou de sécurité :
hors d'usage tant que l'exploitant ne les a pas permis.
"""

from typing import Literal

from droit.citation import Article
from droit.decision import Decision, Motif

DEFENSE: Literal["défense ou sécurité"] = "défense ou sécurité"
REGLES_PROPRES = Article("CCP", "R. 2332-5")
POURQUOI_PAS = (
    "Ces marchés ont leurs règles propres, et l'exploitant de ce service ne les a pas permis ici. "
    "Demandez conseil au centre de gestion."
)


def peut_etre_prepare(*, contrat: str, permise: bool) -> Decision:
    """Un marché de défense ou de sécurité ne se prépare que là où l'exploitant l'a
    permis (CCP, art. R. 2332-5).
    """
    if contrat != DEFENSE or permise:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Un marché de défense ou de sécurité ne se prépare pas ici. {POURQUOI_PAS}",
            REGLES_PROPRES,
        )
    )

"""Le taux de conformité au RGAA, et la mention que la loi impose (loi n° 2005-102, art. 47 ;
décret n° 2019-768, art. 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass

CONFORME, NON_CONFORME, NON_APPLICABLE, A_VERIFIER = (
    "conforme",
    "non_conforme",
    "non_applicable",
    "a_verifier",
)
ETATS = {
    CONFORME: "Conforme",
    NON_CONFORME: "Non conforme",
    NON_APPLICABLE: "Non applicable",
    A_VERIFIER: "À vérifier",
}
TOTALE, PARTIELLE, NON = "totalement conforme", "partiellement conforme", "non conforme"
MOITIE = 50


@dataclass(frozen=True)
class Mesure:
    """Ce que la grille compte. Un critère à vérifier est applicable, et n'est pas respecté."""

    conformes: int
    non_conformes: int
    non_applicables: int
    a_verifier: int

    @property
    def applicables(self) -> int:
        return self.conformes + self.non_conformes + self.a_verifier

    @property
    def taux(self) -> int:
        """En pour cent, arrondi en dessous : on ne se donne pas le critère qui manque."""
        return 100 * self.conformes // self.applicables if self.applicables else 100

    @property
    def est_achevee(self) -> bool:
        return self.a_verifier == 0

    @property
    def mention(self) -> str:
        """Celle de l'accueil.

        Sans audit achevé, un service est dit non conforme, quel que soit ce qui est déjà prouvé.
        """
        if not self.est_achevee or self.taux < MOITIE:
            return NON
        return TOTALE if self.conformes == self.applicables else PARTIELLE


def mesurer(etats: Sequence[str]) -> Mesure:
    return Mesure(
        *(etats.count(etat) for etat in (CONFORME, NON_CONFORME, NON_APPLICABLE, A_VERIFIER))
    )

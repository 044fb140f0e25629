"""Ce que rend l'occultation : le fichier, ce qui a été ôté, ce qu'il reste à regarder."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Occulte:
    """`pdf` : le fichier à communiquer.

    `comptes` : combien de passages par mot ou par forme. `a_regarder` : des phrases.
    """

    pdf: bytes
    pages: int
    comptes: Mapping[str, int]
    a_regarder: tuple[str, ...] = ()

    @property
    def absents(self) -> tuple[str, ...]:
        """Ce qui n'a été trouvé nulle part :
        une faute de frappe, ou un mot qui n'est que dans une image.
        """
        return tuple(terme for terme, compte in self.comptes.items() if compte == 0)

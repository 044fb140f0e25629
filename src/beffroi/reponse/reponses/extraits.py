"""Ce qu'un écran montre d'une longue liste de fichiers :
le début, et le nombre de ceux qui suivent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.reponse.depots.models import FichierScelle

PREMIERS = 100


@dataclass(frozen=True)
class Extrait:
    """Les fichiers montrés d'abord, et combien d'autres la réponse contient."""

    fichiers: tuple[FichierScelle, ...]
    reste: int


def extrait(fichiers: Sequence[FichierScelle], *, entier: bool = False) -> Extrait:
    """Une page de dix mille lignes fige le navigateur : la liste entière se demande."""
    montres = tuple(fichiers) if entier else tuple(fichiers[:PREMIERS])
    return Extrait(montres, len(fichiers) - len(montres))

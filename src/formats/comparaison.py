"""Ce qui change d'une version d'un texte à l'autre, paragraphe par paragraphe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Difference:
    """Un passage.

    `signe` : « = » inchangé, « - » ôté, « + » ajouté. `numero` :
    celui du paragraphe dans sa version.
    """

    signe: str
    numero: int
    texte: str


def differences(avant: Sequence[str], apres: Sequence[str]) -> tuple[Difference, ...]:
    """Toute la nouvelle version, et à leur place les passages ôtés de l'ancienne."""
    comparaison = SequenceMatcher(None, avant, apres, autojunk=False)
    return tuple(
        difference for pas in comparaison.get_opcodes() for difference in _du_pas(pas, avant, apres)
    )


def _du_pas(
    pas: tuple[str, int, int, int, int], avant: Sequence[str], apres: Sequence[str]
) -> Iterator[Difference]:
    sorte, debut_avant, fin_avant, debut_apres, fin_apres = pas
    if sorte != "equal":
        yield from (
            Difference("-", rang + 1, avant[rang]) for rang in range(debut_avant, fin_avant)
        )
    signe = "=" if sorte == "equal" else "+"
    yield from (Difference(signe, rang + 1, apres[rang]) for rang in range(debut_apres, fin_apres))

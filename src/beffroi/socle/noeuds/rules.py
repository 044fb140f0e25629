"""Une version peut-elle servir une base qu'une autre a mise à jour ?"""

from collections.abc import Iterable
from typing import NamedTuple

from packaging.version import Version

from droit.decision import Decision, Motif


class Passage(NamedTuple):
    """Une version à laquelle la base a été mise, et s'il a fallu tout arrêter pour cela."""

    version: str
    a_l_arret: bool


def peut_servir(version: str, *, passages: Iterable[Passage]) -> Decision:
    """La version d'avant sert pendant une mise à jour, et après un retour en arrière ; une plus
    ancienne, non : la base n'a plus ce qu'elle lit.
    """
    depuis = sorted(
        (passage for passage in passages if Version(passage.version) > Version(version)),
        key=lambda passage: Version(passage.version),
    )
    if not depuis:
        return Decision.accord()
    derniere = depuis[-1].version
    if len(depuis) > 1:
        pourquoi = f"la version {version} a plus d'une version de retard"
    elif depuis[0].a_l_arret:
        pourquoi = f"la {derniere} demandait que tout soit arrêté, et la {version} n'y sert plus"
    else:
        return Decision.accord()
    return Decision.refus(Motif(f"cette base a été mise à la version {derniere} : {pourquoi}"))

"""Retrouver dans une nouvelle version le passage qu'une remarque visait :
par son texte, non par son numéro.
"""

import re
from collections import Counter
from collections.abc import Sequence

from beffroi.achat.relectures.rules.reperage import plier

RESSEMBLANCE = 0.6  # la part de mots communs au-dessous de laquelle ce n'est plus le même passage
_MOT = re.compile(r"\w+")


def retrouver(passage: str, numero: int, paragraphes: Sequence[str]) -> int | None:
    """Le numéro du même passage dans ces paragraphes ; rien s'il a disparu.

    À égalité, le plus proche de son ancienne place.
    """
    cherche = _mots(passage)
    notes = [
        (_ressemblance(cherche, _mots(texte)), -abs(rang - numero), rang)
        for rang, texte in enumerate(paragraphes, 1)
    ]
    note, _, trouve = max(notes, default=(0.0, 0, 0))
    return trouve if note >= RESSEMBLANCE else None


def _mots(texte: str) -> Counter[str]:
    return Counter(_MOT.findall(plier(texte)))


def _ressemblance(un: Counter[str], autre: Counter[str]) -> float:
    """De 0, aucun mot commun, à 1, les mêmes mots."""
    total = un.total() + autre.total()
    return 2 * (un & autre).total() / total if total else 0.0

"""Chercher une mention dans les phrases d'un règlement, et savoir si la phrase affirme ou nie."""

import re
from collections.abc import Iterator

from beffroi.relectures.rules.controles.faits import Reglement
from beffroi.relectures.rules.reperage import Trouvaille

_NEGATION = re.compile(
    r"\bne\s+(?:\w+\s+){1,3}(?:pas|plus|aucun\w*|jamais)\b|\bn'\w+\s+(?:\w+\s+){0,2}(?:pas|plus|aucun\w*|jamais)\b"
    r"|\baucun\w*\b|\binterdi\w+|\brefus\w+|\bexclu\w*|\brejet\w+|\bsans\b|\bnon\s+(?:admis|autoris|accept|recevab|requis)\w*"
    r"|\birrecevab\w+|\belimin\w+|\bni\b"
)
PAS_TROUVE = "Le texte peut le dire avec d'autres mots."


def phrases_qui_disent(reglement: Reglement, *motifs: re.Pattern[str]) -> Iterator[Trouvaille[str]]:
    """Les phrases où tous les motifs se trouvent. Elles sont pliées : sans majuscules ni accents."""
    for phrase in reglement.phrases:
        if all(motif.search(phrase.valeur) for motif in motifs):
            yield phrase


def dit(reglement: Reglement, *motifs: re.Pattern[str]) -> bool:
    return any(True for _ in phrases_qui_disent(reglement, *motifs))


def nie(phrase: str) -> bool:
    return bool(_NEGATION.search(phrase))

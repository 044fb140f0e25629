"""Écarter vite une phrase qui ne peut pas suivre un motif : aucune de ses amorces n'y est.

Une amorce est le début en toutes lettres d'une des branches d'un motif. Chercher quelques mots est vingt fois plus rapide
que chercher le motif ; un règlement de quarante pages en cherche des dizaines de milliers.
"""

import re
from functools import lru_cache

_TETE = re.compile(r"(?:\\b|\(\?<![^()]*\))*(?P<mot>[a-z][a-z']+)(?P<suite>.?)")
_COURTE = 2


def peut_suivre(motif: re.Pattern[str], plie: str) -> bool:
    """Faux si le motif est sûrement absent ; vrai s'il faut le chercher."""
    connues = amorces(motif)
    if not connues:
        return True
    for amorce in connues:
        if amorce in plie:
            return True
    return False


@lru_cache(maxsize=1024)
def amorces(motif: re.Pattern[str]) -> tuple[str, ...]:
    """Une amorce par branche ; aucune si une branche n'en a pas, ou si le motif ne distingue pas les majuscules."""
    if motif.flags & (re.IGNORECASE | re.VERBOSE):
        return ()
    trouvees = [_amorce(branche) for branche in _branches(motif.pattern)]
    return tuple(dict.fromkeys(trouvees)) if all(trouvees) else ()


def _amorce(branche: str) -> str:
    tete = _TETE.match(branche)
    if tete is None:
        return ""
    # « offres? » commence par « offre » : le dernier caractère est facultatif.
    mot = tete["mot"][:-1] if tete["suite"] in {"?", "*", "{"} else tete["mot"]
    return mot if len(mot) >= _COURTE else ""


def _branches(motif: str) -> list[str]:
    """Les branches de plus haut niveau : ni entre parenthèses, ni entre crochets."""
    branches, debut, profondeur, rang = [], 0, 0, 0
    entre_crochets = False
    while rang < len(motif):
        signe = motif[rang]
        if signe == "\\":
            rang += 1
        elif entre_crochets:
            entre_crochets = signe != "]"
        elif signe == "[":
            entre_crochets = True
        elif signe in "()":
            profondeur += 1 if signe == "(" else -1
        elif signe == "|" and not profondeur:
            branches.append(motif[debut:rang])
            debut = rang + 1
        rang += 1
    return [*branches, motif[debut:]]

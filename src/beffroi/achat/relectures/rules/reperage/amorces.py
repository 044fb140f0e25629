"""Écarter vite une phrase qui ne peut pas suivre un motif : aucune de ses amorces n'y est.

Une amorce est le début en toutes lettres d'une des branches d'un motif. Chercher quelques
mots est vingt fois plus rapide que chercher le motif ; un règlement de quarante pages en
cherche des dizaines de milliers.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_DEBUT = re.compile(r"(?:\\b|\(\?<![^()]*\))*")
_MOT = re.compile(r"(?P<mot>[a-z][a-z']+)(?P<suite>.?)")
_GROUPE = re.compile(r"\((?:\?:|\?P<\w+>)")
_FACULTATIF = {"?", "*", "{"}
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
    """Une amorce par branche ;
    aucune si une branche n'en a pas, ou si le motif ne distingue pas les majuscules.
    """
    if motif.flags & (re.IGNORECASE | re.VERBOSE):
        return ()
    return _amorces_de(motif.pattern)


def _amorces_de(motif: str) -> tuple[str, ...]:
    trouvees: list[str] = []
    for branche in _branches(motif):
        siennes = _de_la_branche(branche)
        if not siennes:
            return ()
        trouvees += siennes
    return tuple(dict.fromkeys(trouvees))


def _de_la_branche(branche: str) -> tuple[str, ...]:
    """Le mot par lequel elle commence ;
    ou ceux du groupe par lequel elle commence, s'il n'est pas facultatif.
    """
    debut = _DEBUT.match(branche)
    reste = branche[debut.end() :] if debut else branche
    if groupe := _GROUPE.match(reste):
        fin = _fin_du_groupe(reste)
        return (
            ()
            if reste[fin : fin + 1] in _FACULTATIF
            else _amorces_de(reste[groupe.end() : fin - 1])
        )
    mot = _MOT.match(reste)
    if mot is None:
        return ()
    # « offres? » commence par « offre » : le dernier caractère est facultatif.
    certain = mot["mot"][:-1] if mot["suite"] in _FACULTATIF else mot["mot"]
    return (certain,) if len(certain) >= _COURTE else ()


def _fin_du_groupe(motif: str) -> int:
    """Le rang qui suit la parenthèse fermante du groupe par lequel le motif commence."""
    profondeur = 0
    for rang, signe in _hors_des_crochets(motif):
        profondeur += {"(": 1, ")": -1}.get(signe, 0)
        if signe == ")" and not profondeur:
            return rang + 1
    return len(motif)


def _branches(motif: str) -> list[str]:
    """Les branches de plus haut niveau : ni entre parenthèses, ni entre crochets."""
    branches, debut, profondeur = [], 0, 0
    for rang, signe in _hors_des_crochets(motif):
        profondeur += {"(": 1, ")": -1}.get(signe, 0)
        if signe == "|" and not profondeur:
            branches.append(motif[debut:rang])
            debut = rang + 1
    return [*branches, motif[debut:]]


def _hors_des_crochets(motif: str) -> Iterator[tuple[int, str]]:
    """Les signes qui ont un sens : ni échappés, ni entre crochets."""
    entre_crochets, echappe = False, False
    for rang, signe in enumerate(motif):
        if echappe or signe == "\\":
            echappe = not echappe
        elif entre_crochets:
            entre_crochets = signe != "]"
        elif signe == "[":
            entre_crochets = True
        else:
            yield rang, signe

"""Qui lit l'analyse, qui note, qui décide.

Noter demande en plus d'avoir été nommé et de s'être déclaré sans conflit.
"""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_DECIDENT = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR})
_LISENT = _DECIDENT | {_ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_l_analyse": _LISENT,
    "noter": _LISENT,
    "conduire_l_analyse": _DECIDENT,
}

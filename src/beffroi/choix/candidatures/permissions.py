"""Qui lit les candidatures ouvertes, les examine et en décide."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_DECIDENT = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_candidatures": _DECIDENT | {_ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR},
    "examiner_les_candidatures": _DECIDENT,
    "decider_des_candidatures": _DECIDENT,
}

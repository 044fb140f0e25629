"""Qui peut répéter : les personnes désignées répètent, leurs collègues voient si c'est fait."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_la_repetition": frozenset(
        {_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}
    ),
    "repeter": frozenset({_ROLE.OUVREUR}),
}

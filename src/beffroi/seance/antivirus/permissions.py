"""Qui peut quoi devant l'antivirus : lire un constat comme on lit la réponse ;
lever une quarantaine si l'on instruit.
"""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_constats": frozenset(
        {_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}
    ),
    "lever_la_quarantaine": frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR}),
}

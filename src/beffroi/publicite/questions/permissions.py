"""Quel rôle permet quel acte sur une question :
qui change une consultation publiée y répond aussi.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "repondre": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
}

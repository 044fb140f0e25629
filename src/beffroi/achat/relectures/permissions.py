"""Quel rôle permet quel acte sur une relecture."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

# Chez l'acheteur.
ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "demander": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "repondre": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "passer_outre": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
}
# Chez l'exploitant.
ACTES_DU_CENTRE: dict[str, frozenset[Habilitation.Role]] = {
    "relire": frozenset({Role.JURISTE}),
}

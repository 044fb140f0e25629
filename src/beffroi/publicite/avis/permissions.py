"""Quel rôle permet quel acte sur un avis."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "ecrire": frozenset({Role.REDACTEUR}),
    "noter_les_coordonnees": frozenset({Role.REDACTEUR, Role.ADMINISTRATEUR}),
    "envoyer": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "constater": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
}

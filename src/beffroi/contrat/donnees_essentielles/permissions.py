"""Quel rôle permet quel acte sur les données essentielles."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "corriger": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "publier": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "importer": frozenset({Role.REDACTEUR, Role.ADMINISTRATEUR}),
    "regler_le_canal": frozenset({Role.ADMINISTRATEUR}),
}

"""Qui demande le dossier de preuve d'une consultation. L'entreprise, elle, demande le sien."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "produire_le_dossier": frozenset({Role.REDACTEUR, Role.VALIDEUR, Role.ADMINISTRATEUR}),
}

"""Qui, au centre de gestion, lit le journal de sécurité."""

from beffroi.organismes.models import Habilitation

Role = Habilitation.Role
SECURITE = frozenset({Role.TECHNICIEN, Role.ADMINISTRATEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_le_journal_de_securite": SECURITE,
}

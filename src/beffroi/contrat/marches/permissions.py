"""Quel rôle permet quel acte sur un contrat : tout l'organisme le lit, qui publie le tient."""

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import PUBLIENT

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_marches": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "tenir_les_marches": PUBLIENT,
}

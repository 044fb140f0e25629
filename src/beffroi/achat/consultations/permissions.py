"""Quel rôle permet quel acte sur une consultation :
la même table pour les boutons, les pages et l'API.
"""

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import PUBLIENT

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "rediger": frozenset({Role.REDACTEUR}),
    "creer_les_cles": frozenset({Role.REDACTEUR, Role.OUVREUR}),
    "publier": PUBLIENT,
    "modifier_une_publiee": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "prolonger_le_delai": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "declarer_sans_suite": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
    "ouvrir": frozenset({Role.OUVREUR}),
}

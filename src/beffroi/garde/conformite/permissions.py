"""Qui, au centre de gestion, lit le journal de sécurité,
et répond aux personnes sur leurs données.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
DROITS = frozenset({Role.JURISTE, Role.ADMINISTRATEUR})
SECURITE = frozenset({Role.TECHNICIEN, Role.ADMINISTRATEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_la_conformite": SECURITE | DROITS,
    "lire_le_journal_de_securite": SECURITE,
    "tenir_l_homologation": SECURITE,
    "repondre_aux_personnes": DROITS,
}

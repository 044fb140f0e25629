"""Qui répond, au centre de gestion. Chacun lit sa propre demande ; personne ne lit celle d'un autre."""

from beffroi.organismes.models import Habilitation

Role = Habilitation.Role
ASSISTANCE = frozenset({Role.TECHNICIEN, Role.JURISTE, Role.ADMINISTRATEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_demandes": ASSISTANCE,
    "repondre": ASSISTANCE,
    "tenir_les_modeles": ASSISTANCE,
}

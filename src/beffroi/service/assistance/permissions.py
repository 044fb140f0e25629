"""Qui répond, au centre de gestion.

Chacun lit sa propre demande ; personne ne lit celle d'un autre.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
ASSISTANCE = frozenset({Role.TECHNICIEN, Role.JURISTE, Role.ADMINISTRATEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_demandes": ASSISTANCE,
    "repondre": ASSISTANCE,
    # Dire si c'est déposé est un geste technique :
    # ni le juriste, ni l'administrateur n'en ont besoin.
    "voir_les_tentatives": frozenset({Role.TECHNICIEN}),
    # L'écran d'un acheteur, pour l'aider à s'en servir : un geste technique aussi.
    "voir_l_objet": frozenset({Role.TECHNICIEN}),
    "tenir_les_modeles": ASSISTANCE,
}

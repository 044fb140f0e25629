"""Qui tient le registre des violations au centre ;
qui lit, chez l'adhérent, celles qui le touchent.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
# Le technicien constate et précise ; qui répond du droit notifie, communique, prévient et clôt.
REPONDENT = frozenset({Role.JURISTE, Role.ADMINISTRATEUR})
CONSTATENT = REPONDENT | {Role.TECHNICIEN}

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_violations": CONSTATENT,
    "declarer_une_violation": CONSTATENT,
    "preciser_une_violation": CONSTATENT,
    "repondre_d_une_violation": REPONDENT,
    "lire_les_violations_qui_nous_touchent": frozenset({Role.ADMINISTRATEUR}),
}

"""Qui, au centre, lit les mesures de la sonde."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
SURVEILLENT = frozenset({Role.TECHNICIEN, Role.ADMINISTRATEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {"lire_la_sonde": SURVEILLENT}

"""Qui, au centre, tient la page de l'état du service."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "tenir_l_etat": frozenset({Role.TECHNICIEN, Role.ADMINISTRATEUR}),
}

"""Qui, au centre, rappelle les personnes qui l'ont demandé."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "rappeler": frozenset({Role.TECHNICIEN, Role.JURISTE, Role.ADMINISTRATEUR}),
}

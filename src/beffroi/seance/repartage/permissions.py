"""Quel rôle permet de changer les personnes qui peuvent ouvrir."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "changer_les_personnes": frozenset({Role.REDACTEUR, Role.OUVREUR}),
}

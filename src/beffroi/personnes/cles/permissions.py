"""Quel rôle de l'exploitant permet quel acte sur les gardiens."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_gardiens": frozenset({Role.ADMINISTRATEUR, Role.TECHNICIEN, Role.JURISTE}),
    "designer_gardien": frozenset({Role.ADMINISTRATEUR}),
    "retirer_gardien": frozenset({Role.ADMINISTRATEUR}),
}

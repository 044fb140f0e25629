"""Quel rôle permet quel acte : l'administrateur de l'organisme répond de ce qu'on lui rend."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "demander_la_restitution": frozenset({Role.ADMINISTRATEUR}),
    "accuser_reception": frozenset({Role.ADMINISTRATEUR}),
    "faire_effacer": frozenset({Role.ADMINISTRATEUR}),
    "lire_une_reprise": frozenset({Role.ADMINISTRATEUR}),
    "voir_les_restitutions": frozenset(
        {Role.ADMINISTRATEUR, Role.TECHNICIEN, Role.JURISTE, Role.GESTIONNAIRE}
    ),
}

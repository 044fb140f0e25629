"""Qui intervient, au centre de gestion ; qui le lit, chez l'organisme."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    # Chez l'exploitant.
    "voir_les_comptes": frozenset({Role.ADMINISTRATEUR, Role.TECHNICIEN}),
    "intervenir": frozenset({Role.ADMINISTRATEUR, Role.TECHNICIEN}),
    # Chez l'organisme.
    "voir_les_interventions": frozenset({Role.ADMINISTRATEUR}),
    "arreter_une_intervention": frozenset({Role.ADMINISTRATEUR}),
}

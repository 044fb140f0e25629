"""Quel rôle permet quel acte : qui administre l'organisme répond de ses archives, et les verse."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_versements": frozenset({Role.ADMINISTRATEUR}),
    "verser": frozenset({Role.ADMINISTRATEUR}),
}

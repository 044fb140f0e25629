"""Quel rôle permet quel acte sur les archives d'un organisme :
qui l'administre répond de ses archives.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_archives": frozenset({Role.ADMINISTRATEUR}),
    "faire_un_paquet": frozenset({Role.ADMINISTRATEUR}),
    "geler": frozenset({Role.ADMINISTRATEUR}),
    "eliminer": frozenset({Role.ADMINISTRATEUR}),
}

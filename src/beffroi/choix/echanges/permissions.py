"""Quel rôle permet quel acte sur un courrier :
qui change une consultation publiée écrit aussi aux entreprises.
"""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_courriers": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "ecrire": frozenset({Role.REDACTEUR, Role.VALIDEUR}),
}

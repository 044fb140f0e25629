"""Qui tient les conventions, chez l'exploitant ; qui lit la sienne, chez l'adhérent."""

from beffroi.centre.propositions.permissions import ACTES as A_DEUX
from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    # Chez l'exploitant.
    "lire_les_conventions": frozenset(
        {Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE, Role.JURISTE}
    ),
    "tenir_les_conventions": frozenset({Role.GESTIONNAIRE}),
    # Résilier, y renoncer, effacer : proposé par qui tient, décidé par une autre personne.
    "decider_d_une_fin": A_DEUX["decider"],
    # Chez l'adhérent.
    "lire_notre_convention": frozenset(
        {Role.ADMINISTRATEUR, Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR}
    ),
}

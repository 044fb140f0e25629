"""Qui, au centre, relance et note les preuves, qui décide ;
qui, chez l'adhérent, lit et conteste.
"""

from beffroi.centre.propositions.permissions import ACTES as A_DEUX
from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
AU_CENTRE = frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_impayes": AU_CENTRE,
    "relancer": frozenset({Role.GESTIONNAIRE, Role.COMPTABLE}),
    "noter_une_preuve": AU_CENTRE,
    "repondre_a_une_contestation": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR}),
    # Ce qui gèle ou finit se propose, puis se décide : jamais la même personne.
    "proposer": A_DEUX["proposer"],
    "decider": A_DEUX["decider"],
    # Chez l'adhérent.
    "lire_nos_impayes": frozenset(
        {Role.ADMINISTRATEUR, Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR}
    ),
    "contester_un_impaye": frozenset({Role.ADMINISTRATEUR, Role.VALIDEUR}),
}

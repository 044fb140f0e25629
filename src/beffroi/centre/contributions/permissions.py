"""Qui, au centre, prépare, valide et encaisse ;
qui, chez l'adhérent, lit son compte et le conteste.
"""

from beffroi.centre.propositions.permissions import ACTES as A_DEUX
from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
AU_CENTRE = frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_contributions": AU_CENTRE,
    "regler_le_tarif": frozenset({Role.GESTIONNAIRE}),
    "ecarter_du_compte": frozenset({Role.GESTIONNAIRE}),
    "preparer_l_appel": frozenset({Role.GESTIONNAIRE}),
    "valider_l_appel": frozenset({Role.ORDONNATEUR}),
    "emettre_l_appel": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR}),
    "repondre_a_une_contestation": frozenset({Role.GESTIONNAIRE}),
    # Rendre de l'argent se propose, puis s'accorde : jamais la même personne.
    "proposer_un_avoir": A_DEUX["proposer"],
    "accorder_un_avoir": A_DEUX["decider"],
    "noter_la_reception": frozenset({Role.COMPTABLE, Role.GESTIONNAIRE}),
    "suivre_les_paiements": frozenset({Role.COMPTABLE, Role.GESTIONNAIRE}),
    # Chez l'adhérent.
    "lire_son_compte": frozenset(
        {Role.REDACTEUR, Role.VALIDEUR, Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR}
    ),
    "contester_son_compte": frozenset({Role.ADMINISTRATEUR, Role.VALIDEUR}),
}

"""Jusqu'à quand les personnes qui peuvent ouvrir changent."""

from beffroi.consultations.states import Etat
from droit.decision import Decision, Motif

AVANT_L_OUVERTURE = frozenset({Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE, Etat.PUBLIEE, Etat.CLOSE})


def peut_changer_les_personnes(*, etat: str, cles_posees: bool) -> Decision:
    """Les parts se refont tant que la séance d'ouverture n'a pas commencé."""
    return Decision.selon(
        None if cles_posees else Motif("Cette consultation n'a pas encore de clés. Créez-les d'abord."),
        None if etat in AVANT_L_OUVERTURE else Motif("L'ouverture a commencé : les parts ne changent plus."),
    )

"""Jusqu'à quand les personnes qui peuvent ouvrir changent."""

from beffroi.achat.consultations.states import Etat
from droit.decision import Decision, Motif

AVANT_L_OUVERTURE = frozenset(
    {Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE, Etat.PUBLIEE, Etat.CLOSE}
)


def peut_changer_les_personnes(
    *, etat: str, cles_posees: bool, tours: int | None = None
) -> Decision:
    """Les parts se refont tant que la séance d'ouverture n'a pas commencé.

    En deux temps (`tours` le dit), elles se refont encore entre les candidatures et les
    offres : la clé des offres n'a rien ouvert. La clé d'un tour de négociation, elle, reste aux
    personnes pour qui elle est née.
    """
    entre_deux = tours is not None and etat == Etat.DEPOUILLEE
    negociation = tours is not None and tours > 1
    return Decision.selon(
        None
        if cles_posees
        else Motif("Cette consultation n'a pas encore de clés. Créez-les d'abord."),
        None
        if etat in AVANT_L_OUVERTURE or entre_deux
        else Motif("L'ouverture a commencé : les parts ne changent plus."),
        Motif("La négociation a commencé : sa clé reste aux personnes pour qui elle a été créée.")
        if negociation
        else None,
    )

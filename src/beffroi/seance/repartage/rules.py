"""Changer les personnes qui peuvent ouvrir :
jusqu'à quand, vers qui, à combien (scellement, §2.3).
"""

from beffroi.achat.consultations.states import Etat
from beffroi.personnes.cles.rules import DEMANDE_ECRITE, SEUIL_DES_GARDIENS, membres_suffisants
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


def peut_demander_un_repartage(
    *,
    politique: str,
    vers: int,
    change: bool,
    sans_cle: tuple[str, ...],
    sans_demande: bool = False,
) -> Decision:
    """Assez de personnes, toutes avec une clé prête,
    une liste qui change, et une demande écrite pour les gardiens.
    """
    manques = [Motif(f"{nom} n'a pas encore de clé prête.") for nom in sans_cle]
    inchangee = Motif(
        "Rien ne change : ces personnes tiennent déjà leur part, et les gardiens aussi."
    )
    return Decision.selon(
        *membres_suffisants(politique=politique, nombre=vers).motifs,
        *manques,
        None if change else inchangee,
        DEMANDE_ECRITE if sans_demande else None,
    )


def personnes_necessaires(*, aux_gardiens: bool, seuil: int) -> int:
    """Combien de personnes ouvrent leur part : le seuil de la politique, ou deux gardiens."""
    return SEUIL_DES_GARDIENS if aux_gardiens else seuil


def peut_remettre_sa_part(
    *, necessaires: int, deja: bool, tient: bool, autre_tient: bool, soi_meme: bool
) -> Decision:
    """La première personne scelle sa part pour la seconde :
    deux personnes, deux parts, une seule fois.
    """
    return Decision.selon(
        None if tient else Motif("Vous ne tenez pas de part de ces clés."),
        None if necessaires == 2 else Motif("Une seule personne suffit : achevez vous-même."),
        Motif("Une personne a déjà remis sa part. Abandonnez ce changement pour recommencer.")
        if deja
        else None,
        Motif("Choisissez une autre personne que vous-même.") if soi_meme else None,
        None if autre_tient else Motif("La personne choisie ne tient pas de part de ces clés."),
    )


def peut_achever(*, necessaires: int, tient: bool, est_attendue: bool) -> Decision:
    """À une personne, qui tient une part achève ;
    à deux, la seconde seule, avec la part reçue de la première.
    """
    return Decision.selon(
        None if tient else Motif("Vous ne tenez pas de part de ces clés."),
        None
        if necessaires == 1 or est_attendue
        else Motif("Une autre personne doit d'abord vous remettre sa part, ou achever elle-même."),
    )

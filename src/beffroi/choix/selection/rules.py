"""Choisir parmi les candidatures, inviter, négocier : pur, chaque réponse avec son article."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from beffroi.choix.candidatures.rules import INVITATION, OUVERTES, decision_motivee
from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.tables import Procedure

NEGOCIATION = {
    "procedure_avec_negociation": Article("CCP", "R. 2161-17"),
    "procedure_adaptee_restreinte": Article("CCP", "R. 2123-5"),
    "appel_offres_restreint": Article("CCP", "R. 2161-11"),
}
__all__ = ["INVITATION", "OUVERTES", "decision_motivee"]


@dataclass(frozen=True)
class FaitsDeSelection:
    """Où en est la procédure, au moment de décider ou d'inviter."""

    etat: str
    procedure: Procedure
    tours: int
    sans_decision: int
    retenues: int
    decideurs: Collection[str] = ()
    a_deux: bool = False


def peut_decider(faits: FaitsDeSelection) -> Decision:
    """On décide des candidatures une fois leur séance close, et jusqu'à l'invitation."""
    return Decision.selon(
        Motif(
            "Cette procédure reçoit les candidatures et les offres ensemble : "
            "il n'y a pas de sélection à faire."
        )
        if not faits.procedure.en_deux_temps
        else None,
        Motif(
            "Les candidatures ne sont pas encore ouvertes. Ouvrez-les en séance. La séance close, "
            "décidez."
        )
        if faits.etat != OUVERTES and faits.procedure.en_deux_temps
        else None,
        Motif("Les candidats retenus sont invités : les décisions ne changent plus.", INVITATION)
        if faits.tours
        else None,
    )


def peut_inviter(faits: FaitsDeSelection, *, invitant: str) -> Decision:
    """Tous les candidats retenus sont invités ensemble,
    quand tout est décidé (CCP, art. R. 2144-8).
    """
    decider = peut_decider(faits)
    if not decider.favorable:
        return decider
    return Decision.selon(
        Motif(
            f"Il reste {faits.sans_decision} "
            f"décision{'s' if faits.sans_decision > 1 else ''} à prendre."
        )
        if faits.sans_decision
        else None,
        Motif(
            "Aucune candidature n'est retenue : il n'y a personne à inviter. "
            "Déclarez la procédure sans suite."
        )
        if not faits.sans_decision and not faits.retenues
        else None,
        Motif(
            "Votre organisme publie à deux : qui a pris ces décisions n'envoie pas "
            "seul les invitations."
        )
        if faits.a_deux and set(faits.decideurs) == {invitant}
        else None,
    )


def assez_de_candidats(*, retenues: int, procedure: Procedure, acheteur: str, le: date) -> Decision:
    """Un nombre minimal borne le choix de l'acheteur ; s'il y en a moins, il continue avec eux.

    CCP, art. R. 2142-17 et R. 2142-18.
    """
    if acheteur != "pouvoir_adjudicateur":
        return Decision.accord()
    try:
        plancher = Droit.au(le).valeur(f"candidats.minimum.{procedure.cle}")
    except DroitInconnu:
        return Decision.accord()
    if retenues >= plancher.entier:
        return Decision.accord()
    return Decision.accord(
        Motif(
            f"Vous retenez {retenues} candidat{'s' if retenues > 1 else ''}. "
            "Limiter leur nombre en laisse au moins "
            f"{plancher.entier}. S'il n'y a pas assez de candidatures recevables, "
            "la procédure continue avec elles.",
            plancher.article,
        )
    )


def peut_negocier(
    *,
    procedure: Procedure,
    etat: str,
    tour_ouvert: bool,
    gardes: int,
    lettres_parties: bool = False,
) -> Decision:
    """Un nouveau tour suit l'ouverture du précédent,
    là où la procédure se négocie (CCP, art. R. 2161-17).
    """
    article = NEGOCIATION.get(procedure.cle)
    return Decision.selon(
        Motif("Les lettres disant qui est retenu sont parties : la négociation est finie.", article)
        if lettres_parties
        else None,
        Motif(
            f"« {procedure.libelle} » ne se négocie pas : les offres reçues sont définitives.",
            article,
        )
        if not procedure.se_negocie
        else None,
        Motif(
            "Les offres du tour précédent ne sont pas encore ouvertes. "
            "Ouvrez-les en séance avant de négocier."
        )
        if procedure.se_negocie and not (tour_ouvert and etat == OUVERTES)
        else None,
        Motif("Gardez au moins une entreprise dans la négociation.") if not gardes else None,
    )

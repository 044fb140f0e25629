"""Lire les remises en concurrence :
celles d'un accord-cadre, celle d'une consultation, l'invitation d'un titulaire.
"""

from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation, EntrepriseInvitee
from beffroi.achat.consultations.queries import (
    NON_PUBLIEES,
    est_invitee,
    invitations_de,
    sirets_invites,
)
from beffroi.achat.consultations.rules.procedures import RESERVEES
from beffroi.contrat.marches import queries as marches
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.contrat.remises_en_concurrence.permissions import ACTES
from beffroi.contrat.remises_en_concurrence.rules import FaitsDeLAccordCadre
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.depots.rules.delais import SANS_RECEPTION
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete


def accord_cadre_de(consultation: Consultation) -> Marche | None:
    """L'accord-cadre dont naîtra le contrat de cette consultation ;
    rien si elle n'est pas une remise en concurrence.
    """
    remise = (
        RemiseEnConcurrence.objects.filter(consultation=consultation)
        .select_related("accord_cadre")
        .first()
    )
    return remise.accord_cadre if remise else None


def accord_pour(utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime) -> Marche:
    """L'accord-cadre d'un acheteur : 404 s'il est étranger, 403 sans le rôle."""
    marche, habilitation = marches.marche_pour(utilisateur, reference, le)
    exiger_role(habilitation, acte, ACTES)
    if marche.nature != Marche.Nature.ACCORD_CADRE:
        raise Introuvable()
    return marche


def remise_a_modifier(
    utilisateur: Utilisateur, reference: str, *, le: datetime
) -> RemiseEnConcurrence:
    remise = (
        RemiseEnConcurrence.objects.filter(consultation__reference=reference)
        .select_related("consultation__organisme", "accord_cadre")
        .first()
    )
    if remise is None:
        raise Introuvable()
    exiger_role(
        habilitation_dans(utilisateur, remise.consultation.organisme, le),
        "remettre_en_concurrence",
        ACTES,
    )
    return remise


def remise_partie(reference: str) -> RemiseEnConcurrence:
    """La remise, une fois les invitations parties ; qui la demande se vérifie ensuite."""
    remise = (
        RemiseEnConcurrence.objects.filter(reference=reference)
        .exclude(consultation__etat__in=NON_PUBLIEES)
        .select_related("consultation__organisme", "accord_cadre")
        .first()
    )
    if remise is None:
        raise Introuvable()
    return remise


def invitation_pour(utilisateur: Utilisateur, reference: str) -> RemiseEnConcurrence:
    """La remise, pour l'un de ses titulaires et pour lui seul, une fois les invitations parties."""
    remise = remise_partie(reference)
    if not est_invitee(remise.consultation, utilisateur):
        raise Introuvable()
    return remise


def invitees_que_je_represente(
    remise: RemiseEnConcurrence, utilisateur: Utilisateur
) -> list[EntrepriseInvitee]:
    return list(sirets_invites(remise.consultation, utilisateur))


def remises_de(accord: Marche) -> QuerySet[RemiseEnConcurrence]:
    remises = RemiseEnConcurrence.objects.filter(accord_cadre=accord).select_related("consultation")
    return remises.prefetch_related("consultation__invitees")


def faits_de(accord: Marche) -> FaitsDeLAccordCadre:
    return FaitsDeLAccordCadre(
        nature=accord.nature,
        etat=accord.etat,
        fin=marches.fin_prevue(accord),
        titulaires=len(marches.representants_de(accord)),
    )


@prete
def non_commencees(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[RemiseEnConcurrence]:
    """Les remises ouvertes qui nomment son entreprise, et où elle n'a encore rien commencé."""
    ouvertes = (
        RemiseEnConcurrence.objects.filter(
            consultation__date_limite_remise__gte=le, consultation__type_de_procedure__in=RESERVEES
        )
        .filter(consultation__invitees__siret__in=equipes_de(utilisateur).values("identifiant"))
        .exclude(consultation__etat__in=[*NON_PUBLIEES, *SANS_RECEPTION])
        .select_related("consultation")
        .order_by("consultation__date_limite_remise", "pk")
    )
    commencees = BrouillonDeReponse.objects.filter(equipe__in=equipes_de(utilisateur))
    return ouvertes.exclude(consultation__in=commencees.values("consultation")).distinct()


def sans_reponse(utilisateur: Utilisateur, *, le: datetime) -> list[RemiseEnConcurrence]:
    """Les mêmes, quand elle y est invitée, la plus pressée d'abord."""
    remises = list(non_commencees(utilisateur, le=le))
    siennes = invitations_de([remise.consultation for remise in remises], utilisateur)
    invitee = {une.consultation_id for une in siennes}
    return [remise for remise in remises if remise.consultation_id in invitee]


def _sirets(utilisateur: Utilisateur) -> list[str]:
    return list(equipes_de(utilisateur).values_list("identifiant", flat=True))

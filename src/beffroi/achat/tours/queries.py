"""Lire les tours et les invitations : pour l'entreprise invitée, et pour elle seule."""

from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.socle.fondations.erreurs import Introuvable

AVEC_TOUT = ("tour__consultation__organisme", "tour__cle", "etablissement__entreprise")


def invitations_de(utilisateur: Utilisateur) -> QuerySet[Invitation]:
    """Les invitations d'une personne :
    celles de son établissement si un collègue l'a confirmée, et toujours les siennes.
    """
    if not utilisateur.est_actif:
        return Invitation.objects.none()
    en_cours = Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    confirmes = en_cours.filter(confirme_le__isnull=False)
    partagees = Q(etablissement__in=confirmes.values("etablissement"))
    siennes = Q(destinataire=utilisateur, etablissement__in=en_cours.values("etablissement"))
    return Invitation.objects.filter(partagees | siennes).select_related(*AVEC_TOUT)


def invitation_pour(utilisateur: Utilisateur, reference: str) -> Invitation:
    """L'invitation, pour qui peut y répondre ;
    toute autre est introuvable, qu'elle existe ou non.
    """
    invitation = invitations_de(utilisateur).filter(reference=reference).first()
    if invitation is None:
        raise Introuvable()
    return invitation


def dernier_tour(consultation: Consultation) -> Tour | None:
    """Le tour d'offres en cours ou le dernier fini ;
    rien tant que seules les candidatures sont attendues.
    """
    return (
        Tour.objects.filter(consultation=consultation)
        .select_related("cle")
        .order_by("-numero")
        .first()
    )


def limite_de(consultation: Consultation, tour: Tour | None) -> datetime:
    """L'heure limite de ce que l'on remet : celle du tour, ou celle de la consultation."""
    return tour.date_limite if tour else consultation.limite


def paires_de(consultation: Consultation, tour: Tour | None) -> dict[str, PaireDeCles]:
    """Les clés pour lesquelles on scelle à ce moment de la procédure,
    par sorte d'enveloppe, et aucune autre.

    Une clé reconstituée pour une séance ne sert plus ensuite : chaque temps a la sienne.
    """
    if tour is not None:
        return {"offre": tour.cle}
    paires = consultation.paires_de_cles
    if consultation.procedure.en_deux_temps:
        return {sorte: paire for sorte, paire in paires.items() if sorte == "candidature"}
    return paires

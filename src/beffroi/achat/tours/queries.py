"""Lire les tours et les invitations : pour l'entreprise invitée, et pour elle seule."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoires
from formats import dates

AVEC_TOUT = ("tour__consultation__organisme", "tour__cle", "equipe")

# Chaque acte qui repousse une heure limite, et le nom que l'ancienne y porte.
PROLONGENT = {
    "consultation.prolonger_le_delai": "ancienne",
    "consultation.publier_une_version": "ancienne_limite",
    "tour.prolonger": "ancienne",
}


def invitations_de(utilisateur: Utilisateur) -> QuerySet[Invitation]:
    """Les invitations des équipes de cette personne."""
    if not utilisateur.est_actif:
        return Invitation.objects.none()
    return invitations_d_un_compte_actif(utilisateur)


def invitations_d_un_compte_actif(utilisateur: Utilisateur) -> QuerySet[Invitation]:
    """Les mêmes ; qui appelle a regardé si le compte l'est."""
    siennes = Invitation.objects.filter(equipe__in=equipes_de(utilisateur))
    return siennes.select_related(*AVEC_TOUT)


def invitation_pour(utilisateur: Utilisateur, reference: str) -> Invitation:
    """L'invitation, pour qui peut y répondre ;
    toute autre est introuvable, qu'elle existe ou non.
    """
    invitation = invitations_de(utilisateur).filter(reference=reference).first()
    if invitation is None:
        raise Introuvable()
    return invitation


@lu_ensemble
def dernier_tour(consultations: Sequence[Consultation]) -> dict[int, Tour | None]:
    """Le tour d'offres en cours ou le dernier fini ;
    rien tant que seules les candidatures sont attendues.
    """
    tours = derniers_tours(consultations)
    return {une.pk: tours.get(une.pk) for une in consultations}


def derniers_tours(consultations: Iterable[Consultation]) -> dict[int, Tour]:
    """Le même, de celles qui en ont un, par consultation."""
    tours = Tour.objects.filter(consultation__in=list(consultations)).select_related("cle")
    return {tour.consultation_id: tour for tour in tours.order_by("numero")}


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


def prolongations(*sujets: str) -> QuerySet[Ecriture]:
    """Chaque acte qui a repoussé l'heure limite de ces consultations, de ces tours."""
    return histoires(sujets).filter(acte__in=PROLONGENT)


def anciennes_limites(*sujets: str) -> list[datetime]:
    """Les heures limites d'avant : le registre les retient (CCP, art. R. 2151-4)."""
    return [_ancienne(ecriture) for ecriture in prolongations(*sujets)]


@lu_une_fois
def tous_les_tours(consultation: Consultation) -> list[Tour]:
    return list(Tour.objects.filter(consultation=consultation).order_by("numero"))


@lu_une_fois
def limites_d_avant(consultation: Consultation) -> list[tuple[str, datetime]]:
    """Chaque heure limite d'avant, d'elle et de ses tours, avec la référence de qui l'avait."""
    tours = (tour.reference for tour in tous_les_tours(consultation))
    faites = prolongations(consultation.reference, *tours)
    return [(ecriture.sujet, _ancienne(ecriture)) for ecriture in faites]


def _ancienne(ecriture: Ecriture) -> datetime:
    return datetime.fromisoformat(
        json.loads(ecriture.contenu)["donnees"][PROLONGENT[ecriture.acte]]
    )


def lettre_d_invitation(invitation: Invitation) -> list[str]:
    """Les mentions de l'invitation, la même lettre pour tous (CCP, art. R. 2144-8 et R. 2144-9)."""
    tour = invitation.tour
    consultation = tour.consultation
    premier = tour.numero == 1
    lots = (
        f" Lots : {', '.join(str(numero) for numero in invitation.lots)}."
        if invitation.lots
        else ""
    )
    return [
        (
            f"{consultation.organisme.nom} a retenu votre candidature et vous invite à "
            f"remettre une offre.{lots}"
        )
        if premier
        else (
            f"{consultation.organisme.nom} vous invite à remettre une nouvelle offre, "
            f"après négociation.{lots}"
        ),
        f"Consultation : {consultation.reference}, {consultation.titre}.",
        f"Votre candidature : {invitation.candidature}.",
        f"Date et heure limites de remise des offres : {dates.jour_et_heure(tour.date_limite)}.",
        (
            "Les offres se remettent ici, scellées, en français. "
            "L'heure qui compte est celle du serveur."
        ),
        "Le dossier de consultation est sur la page de la consultation.",
        *([tour.message] if tour.message else []),
    ]

"""Ce qui s'écrit aux entreprises invitées.

La lettre est aussi en ligne, sur la page de l'invitation.
"""

from datetime import datetime

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.queries import lettre_d_invitation
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a
from formats import dates


def adresse_de(invitation: Invitation) -> str:
    return lien_vers("reponses:invitation", invitation.reference)


def ecrire_l_invitation(invitation: Invitation, *, le: datetime) -> None:
    """L'invitation part par écrit, en même temps pour tous."""
    consultation = invitation.tour.consultation
    ecrire_a(
        invitation.destinataire.courriel,
        cle=f"invitation:{invitation.reference}",
        sujet=f"Invitation à remettre une offre : {consultation.titre}",
        gabarit="tours/courriels/invitation.txt",
        contexte={
            "lettre": lettre_d_invitation(invitation),
            "page": adresse_de(invitation),
            "dossier": lien_vers("consultations:fiche", consultation.reference),
        },
        maintenant=le,
    )


def ecrire_la_prolongation(invitation: Invitation, *, tour: Tour, motif: str, le: datetime) -> None:
    ecrire_a(
        invitation.destinataire.courriel,
        cle=f"prolongation:{invitation.reference}:{tour.date_limite.isoformat()}",
        sujet=f"Heure limite des offres repoussée : {tour.consultation.titre}",
        gabarit="tours/courriels/prolongation.txt",
        contexte={
            "consultation": tour.consultation,
            "limite": dates.jour_et_heure(tour.date_limite),
            "motif": motif,
            "page": adresse_de(invitation),
        },
        maintenant=le,
    )

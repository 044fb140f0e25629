"""Regarder une tentative, ou l'écran d'un acheteur, laisse une trace : qui, au centre, et quand."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.service.assistance.models import Demande
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def regarder(*, brouillon: BrouillonDeReponse, par: Utilisateur, maintenant: datetime) -> None:
    """Une écriture par regard : l'entreprise, ou un juge, saura qui a vu quoi."""
    journaliser("tentative.regarder", sujet=brouillon.reference, par=par.acteur, le=maintenant)


@transaction.atomic
def regarder_un_objet(
    *,
    consultation: Consultation,
    demande: Demande,
    ecran: str,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Au registre de l'organisme :
    il saura qui, au centre, a vu son écran, et pour quelle demande.
    """
    journaliser(
        "consultation.regarder",
        sujet=consultation.reference,
        organisme=consultation.organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"demande": demande.reference, "ecran": ecran},
    )

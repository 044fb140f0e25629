"""Inviter des entreprises à une consultation réservée, tant qu'elle est un brouillon."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, EntrepriseInvitee
from beffroi.achat.consultations.services.brouillon import brouillon_verrouille
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Invitee:
    """Une entreprise par son SIRET, et l'adresse où l'invitation lui est écrite."""

    siret: str
    nom: str
    courriel: str


@transaction.atomic
def inviter_les_entreprises(
    *, consultation: Consultation, invitees: Sequence[Invitee], par: Acteur, maintenant: datetime
) -> list[EntrepriseInvitee]:
    """Toutes ensemble : elles seules liront la consultation, une fois envoyée."""
    consultation = brouillon_verrouille(consultation)
    if not consultation.est_reservee:
        raise RegleEnfreinte(
            "Cette consultation est ouverte à tous : on n'y invite personne en particulier."
        )
    creees = EntrepriseInvitee.objects.bulk_create(
        EntrepriseInvitee(consultation=consultation, **asdict(invitee)) for invitee in invitees
    )
    journaliser(
        "consultation.inviter",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"sirets": [invitee.siret for invitee in invitees]},
    )
    return creees

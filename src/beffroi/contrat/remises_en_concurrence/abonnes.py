"""La consultation réservée part, change ou s'arrête :
les titulaires l'apprennent tous, dans la transaction de l'acte.
"""

from collections.abc import Callable

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
)
from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.contrat.remises_en_concurrence.courriels import (
    ecrire_l_invitation,
    ecrire_un_changement,
)
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence


def inviter(fait: ConsultationPubliee) -> None:
    _a_chacun(
        fait.reference, lambda remise, invitee: ecrire_l_invitation(remise, invitee, le=fait.le)
    )


def prevenir_d_un_changement(fait: ConsultationModifiee) -> None:
    _a_chacun(
        fait.reference,
        lambda remise, invitee: ecrire_un_changement(
            remise, invitee, quoi=fait.texte, sujet="La consultation a changé", le=fait.le
        ),
    )


def prevenir_d_une_renonciation(fait: ConsultationDeclareeSansSuite) -> None:
    quoi = f"L'acheteur renonce à cette consultation. {fait.motif}"
    _a_chacun(
        fait.reference,
        lambda remise, invitee: ecrire_un_changement(
            remise, invitee, quoi=quoi, sujet="Consultation sans suite", le=fait.le
        ),
    )


def _a_chacun(
    reference: str, ecrire: Callable[[RemiseEnConcurrence, EntrepriseInvitee], None]
) -> None:
    remises = RemiseEnConcurrence.objects.filter(consultation__reference=reference)
    for remise in remises.select_related("consultation__organisme", "accord_cadre"):
        for invitee in remise.consultation.invitees.all():
            ecrire(remise, invitee)

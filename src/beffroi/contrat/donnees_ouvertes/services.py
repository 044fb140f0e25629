"""Inscrire au fil public ce que les actes annoncent, dans leur transaction."""

from datetime import datetime

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
    GardiensAppeles,
    QuestionRepondue,
)
from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.donnees_ouvertes.models import FaitPublic
from beffroi.socle.fondations.services import numero_suivant

FIL = "fil-public"


def inscrire(reference: str, sorte: str, texte: str, *, le: datetime) -> FaitPublic | None:
    """Le fait qui suit. Son numéro est tenu jusqu'à la fin de l'acte :
    l'ordre du fil est celui des validations.

    Une consultation réservée n'a pas de fil : seules ses invitées savent qu'elle existe.
    """
    consultation = Consultation.toutes.get(reference=reference)
    if consultation.est_reservee:
        return None
    return FaitPublic.objects.create(
        sequence=numero_suivant(FIL),
        consultation=consultation,
        sorte=sorte,
        texte=texte[:500],
        le=le,
    )


def suivre_une_publication(fait: ConsultationPubliee) -> None:
    inscrire(fait.reference, FaitPublic.Sorte.PUBLICATION, "Consultation publiée.", le=fait.le)


def suivre_un_changement(fait: ConsultationModifiee) -> None:
    inscrire(fait.reference, fait.sorte, fait.texte, le=fait.le)


def suivre_un_abandon(fait: ConsultationDeclareeSansSuite) -> None:
    inscrire(
        fait.reference,
        FaitPublic.Sorte.SANS_SUITE,
        f"Déclarée sans suite. {fait.motif}",
        le=fait.le,
    )


def suivre_un_recours(fait: GardiensAppeles) -> None:
    inscrire(
        fait.reference, FaitPublic.Sorte.GARDIENS, "Les gardiens des clés sont appelés.", le=fait.le
    )


def suivre_une_reponse(fait: QuestionRepondue) -> None:
    texte = f"Question n° {fait.numero} : {fait.question} Réponse : {fait.reponse}"
    inscrire(fait.reference, FaitPublic.Sorte.QUESTION, texte, le=fait.le)

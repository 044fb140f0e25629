"""La préparation d'une consultation : par ses questions ;
une consultation réservée, elle, a une seule page, sa demande.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import Etape
from beffroi.achat.preparation import etapes as des_questions


class DesQuestionsOuDeLaDemande:
    """Ce que le port `consultations.Preparation` attend."""

    def etapes(self, consultation: Consultation, *, le: datetime) -> Sequence[Etape]:
        if not consultation.est_reservee:
            return des_questions.etapes(consultation, le=le)
        demande = self.adresse_de_la_question(consultation, "achat")
        return (
            Etape("achat", "La demande", faite=True, fautive=False, facultative=False, url=demande),
        )

    def panneau(self, consultation: Consultation, *, le: datetime) -> str:
        return "" if consultation.est_reservee else des_questions.panneau(consultation, le=le)

    def hors_profil(self, consultation: Consultation) -> str:
        return des_questions.hors_profil(consultation)

    def adresse_de_la_question(self, consultation: Consultation, cle: str) -> str:
        if consultation.est_reservee:
            return reverse("remises_en_concurrence:modifier", args=(consultation.reference,))
        return des_questions.adresse_de_la_question(consultation, cle)

    def adresse_de_la_nouvelle(self) -> str:
        return des_questions.adresse_de_la_nouvelle()


PREPARATION = DesQuestionsOuDeLaDemande()

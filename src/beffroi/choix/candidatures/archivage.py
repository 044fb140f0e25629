"""Ce que les archives reçoivent des candidatures :
les preuves jointes, et ce qui a été décidé de chacune.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits, gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures.models import DecisionSurCandidature, Preuve
from formats.versement import Etape, Piece, Sorte


def preuves_jointes(consultation: Consultation, *, le: datetime) -> list[QuerySet[Preuve]]:
    return [Preuve.objects.filter(pli__consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [jointes] = preuves_jointes(consultation, le=le)
    for preuve in jointes.select_related("pli__equipe"):
        yield gardee(
            f"{preuve.pli.equipe.nom}, {preuve.get_sorte_display()}",
            preuve,
            sorte=Sorte.CANDIDATURE,
            etape=Etape.CANDIDATURES,
            le=preuve.ajoutee_le,
            sujet=preuve.pli.reference,
            pli=preuve.pli.reference,
        )


def prises(consultation: Consultation, *, le: datetime) -> list[QuerySet[DecisionSurCandidature]]:
    return [DecisionSurCandidature.objects.filter(pli__consultation=consultation)]


def decisions(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [lues] = prises(consultation, le=le)
    dites = [
        _decision(une) for une in lues.order_by("pk").select_related("pli__equipe", "prise_par")
    ]
    if dites:
        yield faits(
            "Décisions sur les candidatures",
            "decisions-sur-les-candidatures.json",
            dites,
            sorte=Sorte.DECISION,
            etape=Etape.CANDIDATURES,
            sujet=consultation.reference,
        )


def _decision(decision: DecisionSurCandidature) -> dict[str, object]:
    return {
        "pli": decision.pli.reference,
        "entreprise": decision.pli.equipe.nom,
        "lot": decision.lot,
        "retenue": decision.retenue,
        "base": decision.base,
        "motif": decision.motif,
        "prise_par": decision.prise_par.nom,
        "prise_le": decision.prise_le,
    }

"""Ce que les archives reçoivent des candidatures :
les preuves jointes, et ce qui a été décidé de chacune.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.archivage import faits, gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures.models import DecisionSurCandidature, Preuve
from formats.versement import Etape, Piece, Sorte


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for preuve in Preuve.objects.filter(pli__consultation=consultation).select_related(
        "pli__equipe"
    ):
        yield gardee(
            f"{preuve.pli.equipe.nom}, {preuve.get_sorte_display()}",
            preuve,
            sorte=Sorte.CANDIDATURE,
            etape=Etape.CANDIDATURES,
            le=preuve.ajoutee_le,
            sujet=preuve.pli.reference,
            pli=preuve.pli.reference,
        )
    decisions = DecisionSurCandidature.objects.filter(pli__consultation=consultation).order_by("pk")
    if decisions:
        yield faits(
            "Décisions sur les candidatures",
            "decisions-sur-les-candidatures.json",
            [
                _decision(decision)
                for decision in decisions.select_related("pli__equipe", "prise_par")
            ],
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

"""Ce que les archives reçoivent de l'attribution : chaque décision, chaque résultat annoncé."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution.models import Attribution, Lettre
from beffroi.choix.attribution.retour import resultat_pdf
from formats.versement import Etape, Piece, Sorte, composee


def prises(consultation: Consultation, *, le: datetime) -> list[QuerySet[Attribution]]:
    return [Attribution.objects.filter(consultation=consultation, decidee_le__isnull=False)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [decisions] = prises(consultation, le=le)
    for decision in decisions.select_related("pli__equipe"):
        yield faits(
            f"Décision {decision.reference}{f', lot {decision.lot}' if decision.lot else ''}",
            f"decision-{decision.reference}.json",
            partial(_decision, decision),
            sorte=Sorte.DECISION,
            etape=Etape.ATTRIBUTION,
            le=decision.decidee_le,
            sujet=decision.reference,
        )


def envoyees(consultation: Consultation, *, le: datetime) -> list[QuerySet[Lettre]]:
    return [Lettre.objects.filter(consultation=consultation, envoyee_le__isnull=False)]


def lettres(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    [parties] = envoyees(consultation, le=le)
    for lettre in parties.select_related("equipe"):
        yield Piece(
            titre=f"Résultat annoncé à {lettre.equipe.nom}",
            sorte=Sorte.COURRIER,
            etape=Etape.ATTRIBUTION,
            nom=f"resultat-{lettre.reference}.pdf",
            ouvrir=composee(lambda lettre=lettre: resultat_pdf(lettre, le=le)),  # type: ignore[misc]
            le=lettre.envoyee_le,
            sujet=lettre.reference,
        )


def _decision(decision: Attribution) -> dict[str, object]:
    return {
        "reference": decision.reference,
        "lot": decision.lot,
        "rang": decision.rang,
        "sorte": decision.sorte,
        "retenues": [
            {
                "pli": r.pli.reference,
                "entreprise": r.nom,
                "variante": r.variante,
                "montant": r.montant,
            }
            for r in decision.retenues
        ],
        "motif": decision.motif,
        "fondement": decision.fondement,
        "motif_de_l_ecart": decision.motif_de_l_ecart,
        "cause": decision.cause,
        "motif_du_remplacement": decision.motif_du_remplacement,
        "decidee_le": decision.decidee_le,
    }

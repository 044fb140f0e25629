"""Ce que les archives reçoivent des questions :
chacune avec sa réponse et qui l'a posée, et les fichiers joints.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits, gardee
from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.questions.models import PieceDeQuestion, Question
from formats.versement import Etape, Piece, Sorte


def posees(consultation: Consultation, *, le: datetime) -> list[QuerySet[Question]]:
    return [Question.objects.filter(consultation=consultation)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for question in Question.objects.filter(consultation=consultation).select_related(
        "equipe", "reponse"
    ):
        yield faits(
            f"Question {question.reference}",
            f"question-{question.reference}.json",
            _question(question),
            sorte=Sorte.QUESTION,
            etape=Etape.CONSULTATION,
            le=question.recue_le,
            sujet=question.reference,
        )


def fichiers_joints(consultation: Consultation, *, le: datetime) -> list[QuerySet[PieceDeQuestion]]:
    return [_jointes(consultation)]


def jointes(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    for jointe in _jointes(consultation):
        yield gardee(
            f"Fichier joint : {jointe.nom}", jointe, sorte=Sorte.QUESTION, etape=Etape.CONSULTATION
        )


def _jointes(consultation: Consultation) -> QuerySet[PieceDeQuestion]:
    a_une_question = PieceDeQuestion.objects.filter(question__consultation=consultation)
    return a_une_question | PieceDeQuestion.objects.filter(
        reponse__question__consultation=consultation
    )


def _question(question: Question) -> dict[str, object]:
    reponse = getattr(question, "reponse", None)
    equipe = question.equipe
    return {
        "reference": question.reference,
        "entreprise": equipe.nom if equipe else "",
        "identifiant": equipe.identifiant if equipe else "",
        "courriel": question.courriel,
        "texte": question.texte,
        "recue_le": question.recue_le,
        "hors_delai": question.hors_delai,
        "ecartee_le": question.ecartee_le,
        "motif_d_ecart": question.motif_d_ecart,
        "reponse": reponse
        and {
            "numero": reponse.numero,
            "question_publique": reponse.question_publique,
            "texte": reponse.texte,
            "suite": reponse.suite,
            "publiee_le": reponse.publiee_le,
        },
    }

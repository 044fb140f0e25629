"""Ce que les pages montrent d'une question, et ce que celles de la consultation en disent."""

from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtatDesQuestions
from beffroi.achat.consultations.rules.documents import format_affiche
from beffroi.publicite.questions import queries, rules
from beffroi.publicite.questions.models import (
    Demandeur,
    PieceDeQuestion,
    Question,
    ReponseAQuestion,
)
from formats import tailles


class PieceAffichee(NamedTuple):
    nom: str
    precision: str
    url: str


class QuestionAffichee(NamedTuple):
    """Une question, vue de l'acheteur. `auteur` est vide tant qu'il ne doit pas le connaître."""

    reference: str
    texte: str
    recue_le: datetime
    hors_delai: bool
    ton: str
    mot: str
    signe: str
    auteur: str
    pieces: list[PieceAffichee]
    a_traiter: bool
    motif_d_ecart: str


def etat_de(question: Question) -> tuple[str, str, str]:
    """Le ton, le mot et le signe de l'état d'une question."""
    reponse = getattr(question, "reponse", None)
    if question.ecartee_le:
        return "gris", "Écartée", "croix"
    if reponse is not None and reponse.publiee_le:
        return "ok", f"Répondue, n° {reponse.numero}", ""
    if reponse is not None:
        return "attention", "Réponse en préparation", "crayon"
    return "attention", "Sans réponse", "attente"


def vue_de_l_acheteur(question: Question, *, le: datetime) -> QuestionAffichee:
    ton, mot, signe = etat_de(question)
    reponse = getattr(question, "reponse", None)
    connu = rules.auteur_connu_de_l_acheteur(limite=question.consultation.limite, maintenant=le)
    return QuestionAffichee(
        reference=question.reference,
        texte=question.texte,
        recue_le=question.recue_le,
        hors_delai=question.hors_delai,
        ton=ton,
        mot=mot,
        signe=signe,
        auteur=queries.auteur_pour_l_acheteur(question, le=le),
        pieces=pieces_recues(question, connu=connu),
        a_traiter=not question.ecartee_le and not (reponse and reponse.publiee_le),
        motif_d_ecart=question.motif_d_ecart,
    )


def pieces_recues(question: Question, *, connu: bool) -> list[PieceAffichee]:
    """Le nom d'un fichier dit souvent qui l'envoie :
    l'acheteur lit « Fichier 1 » tant que l'auteur est tu.
    """
    return [
        PieceAffichee(
            nom=piece.nom if connu else f"Fichier {rang}",
            precision=precision(piece),
            url=reverse(
                "questions:piece_recue",
                args=(question.consultation.reference, question.reference, piece.reference),
            ),
        )
        for rang, piece in enumerate(question.pieces.all(), start=1)
    ]


def nom_servi(question: Question, piece: PieceDeQuestion, *, le: datetime) -> str:
    """Le nom sous lequel l'acheteur enregistre une pièce reçue."""
    if piece.reponse_id or rules.auteur_connu_de_l_acheteur(
        limite=question.consultation.limite, maintenant=le
    ):
        return piece.nom
    extension = format_affiche(piece.nom).lower()
    return (
        f"{question.reference}-{piece.reference}{'' if extension == 'fichier' else f'.{extension}'}"
    )


def precision(piece: PieceDeQuestion) -> str:
    return f"{format_affiche(piece.nom)}, {tailles.humaniser(piece.taille)}"


def pieces_publiques(consultation: Consultation, reponse: ReponseAQuestion) -> list[PieceAffichee]:
    return [
        PieceAffichee(
            nom=piece.nom,
            precision=precision(piece),
            url=reverse(
                "questions:piece", args=(consultation.reference, piece.reference, piece.nom)
            ),
        )
        for piece in reponse.pieces.all()
    ]


def pieces_de_la_reponse(
    question: Question, reponse: ReponseAQuestion | None
) -> list[PieceAffichee]:
    """Celles d'une réponse qui se prépare, pour qui la relit."""
    return [
        PieceAffichee(
            nom=piece.nom,
            precision=precision(piece),
            url=reverse(
                "questions:piece_recue",
                args=(question.consultation.reference, question.reference, piece.reference),
            ),
        )
        for piece in (reponse.pieces.all() if reponse else ())
    ]


def etat_des_questions(consultation: Consultation) -> EtatDesQuestions:
    """Le port `consultations.Questions` :
    combien de réponses publiques, combien de questions attendent, et où aller.
    """
    reference = (consultation.reference,)
    ouvertes = rules.peut_recevoir_une_question(etat=consultation.etat).favorable
    publiees, a_traiter = queries.compte_de(consultation)
    return EtatDesQuestions(
        publiees=publiees,
        a_traiter=a_traiter,
        page=reverse("questions:liste", args=reference),
        poser=reverse("questions:poser", args=reference) if ouvertes else "",
        gerer=reverse("questions:gerer", args=reference),
    )


def vues_du_demandeur(
    demandeur: Demandeur,
) -> list[tuple[Question, tuple[str, str, str], ReponseAQuestion | None]]:
    """Ses questions, la dernière d'abord : leur état pour lui, et la réponse une fois publique."""
    vues = []
    for question in queries.questions_du_demandeur(demandeur):
        reponse = getattr(question, "reponse", None)
        vues.append(
            (
                question,
                etat_pour_son_auteur(question),
                reponse if reponse and reponse.publiee_le else None,
            )
        )
    return vues


def page_ou_demander(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Ce que dit toute page où l'on pose une question : est-il temps, ou tard."""
    return {
        "consultation": consultation,
        "ouvertes": rules.peut_recevoir_une_question(etat=consultation.etat).favorable,
        "hors_delai": rules.est_hors_delai(recue_le=le, limite=consultation.date_limite_questions),
    }


def page_du_demandeur(demandeur: Demandeur, *, le: datetime) -> dict[str, Any]:
    posees = vues_du_demandeur(demandeur)
    return page_ou_demander(demandeur.consultation, le=le) | {
        "demandeur": demandeur,
        "posees": posees,
        "recue": next(
            (question.reference for question, etat, _ in posees[:1] if etat[0] == "cours"), ""
        ),
    }


def etat_pour_son_auteur(question: Question) -> tuple[str, str, str]:
    """L'auteur ne voit pas qu'une réponse se prépare : il ne la connaîtra qu'avec tous."""
    ton, mot, signe = etat_de(question)
    return (ton, mot, signe) if ton != "attention" else ("cours", "Reçue, sans réponse encore", "")

"""Ce qui s'écrit d'une question : l'accusé, l'annonce à l'acheteur sans nom, la réponse à tous, l'écart à son auteur."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.comptes.models import Utilisateur
from beffroi.organismes.queries import publieurs
from beffroi.questions.models import Question, ReponseAQuestion
from beffroi.socle.services import ecrire_courriel
from formats import dates


def accuser_reception(question: Question, *, maintenant: datetime) -> None:
    _ecrire(
        question.posee_par,
        cle=f"question:{question.reference}:accuse",
        sujet=f"Question {question.reference} reçue",
        gabarit="accuse",
        contexte={"question": question, "page": _adresse("questions:accuse", question.reference)},
        maintenant=maintenant,
    )


def prevenir_l_acheteur(question: Question, *, maintenant: datetime) -> None:
    """À qui peut répondre ; ni le nom de l'auteur, ni son texte, qui pourrait le dire."""
    consultation = question.consultation
    page = _adresse("questions:repondre", consultation.reference, question.reference)
    for personne in publieurs(consultation.organisme, maintenant):
        _ecrire(
            personne,
            cle=f"question:{question.reference}:acheteur:{personne.reference}",
            sujet=f"Une question sur {consultation.reference}",
            gabarit="acheteur",
            contexte={"question": question, "page": page},
            maintenant=maintenant,
        )


def donner_la_reponse(reponse: ReponseAQuestion, *, maintenant: datetime) -> None:
    """À chaque personne qui a posé une question ici. Qui suit la consultation l'apprend par l'événement."""
    consultation = reponse.question.consultation
    personnes = Utilisateur.objects.filter(pk__in=consultation.questions.values("posee_par"), est_actif=True)
    page = _adresse("questions:liste", consultation.reference)
    for personne in personnes:
        _ecrire(
            personne,
            cle=f"question:{reponse.question.reference}:reponse:{personne.reference}",
            sujet=f"Question n° {reponse.numero} : la réponse est publiée, {consultation.titre}",
            gabarit="reponse",
            contexte={
                "reponse": reponse,
                "consultation": consultation,
                "limite": dates.jour_et_heure(consultation.limite),
                "page": f"{page}#question-{reponse.numero}",
            },
            maintenant=maintenant,
        )


def dire_l_ecart(question: Question, *, maintenant: datetime) -> None:
    _ecrire(
        question.posee_par,
        cle=f"question:{question.reference}:ecart",
        sujet=f"Question {question.reference} : l'acheteur n'y répondra pas",
        gabarit="ecart",
        contexte={"question": question, "page": _adresse("questions:accuse", question.reference)},
        maintenant=maintenant,
    )


def _adresse(nom: str, *arguments: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=arguments)}"


def _ecrire(
    personne: Utilisateur, *, cle: str, sujet: str, gabarit: str, contexte: Mapping[str, object], maintenant: datetime
) -> None:
    texte = render_to_string(f"questions/courriels/{gabarit}.txt", {**contexte, "personne": personne})
    ecrire_courriel(cle=cle, destinataire=personne.courriel, sujet=sujet, texte=texte, maintenant=maintenant)

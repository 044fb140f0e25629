"""Ce qui s'écrit d'une question :
le lien, l'accusé, l'annonce à l'acheteur sans nom, la réponse à tous, l'écart.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import publieurs
from beffroi.publicite.questions import jetons, queries
from beffroi.publicite.questions.models import Demandeur, Question, ReponseAQuestion
from beffroi.socle.fondations.services import ecrire_courriel
from formats import dates


class Lecteur(NamedTuple):
    """À qui l'on écrit ; `reference` distingue son courriel de celui d'un autre.

    Sans compte, il n'a pas de nom.
    """

    courriel: str
    reference: str
    nom: str = ""


def donner_le_lien(demandeur: Demandeur, *, maintenant: datetime) -> None:
    consultation = demandeur.consultation
    _ecrire(
        _sans_compte(demandeur),
        cle=f"{queries.CLE_DES_LIENS}{demandeur.reference}:{maintenant.isoformat()}",
        sujet=f"Votre lien pour poser une question, {consultation.titre}",
        gabarit="lien",
        contexte={
            "consultation": consultation,
            "lien": jetons.lien_de(demandeur),
            "service": settings.SERVICE,
        },
        maintenant=maintenant,
    )


def accuser_reception(question: Question, *, maintenant: datetime) -> None:
    _ecrire(
        _auteur(question),
        cle=f"question:{question.reference}:accuse",
        sujet=f"Question {question.reference} reçue",
        gabarit="accuse",
        contexte={"question": question, "page": _page_de_l_auteur(question)},
        maintenant=maintenant,
    )


def prevenir_l_acheteur(question: Question, *, maintenant: datetime) -> None:
    """À qui peut répondre ; ni le nom de l'auteur, ni son texte, qui pourrait le dire."""
    consultation = question.consultation
    page = _adresse("questions:repondre", consultation.reference, question.reference)
    for personne in publieurs(consultation.organisme, maintenant):
        _ecrire(
            _compte(personne),
            cle=f"question:{question.reference}:acheteur:{personne.reference}",
            sujet=f"Une question sur {consultation.reference}",
            gabarit="acheteur",
            contexte={"question": question, "page": page},
            maintenant=maintenant,
        )


def donner_la_reponse(reponse: ReponseAQuestion, *, maintenant: datetime) -> None:
    """À chaque personne qui a posé une question ici.

    Qui suit la consultation l'apprend par l'événement.
    """
    consultation = reponse.question.consultation
    page = _adresse("questions:liste", consultation.reference)
    for lecteur in _qui_a_demande(consultation):
        _ecrire(
            lecteur,
            cle=f"question:{reponse.question.reference}:reponse:{lecteur.reference}",
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
        _auteur(question),
        cle=f"question:{question.reference}:ecart",
        sujet=f"Question {question.reference} : l'acheteur n'y répondra pas",
        gabarit="ecart",
        contexte={"question": question, "page": _page_de_l_auteur(question)},
        maintenant=maintenant,
    )


def _qui_a_demande(consultation: Consultation) -> Iterator[Lecteur]:
    """Chacun une fois : une adresse qui a aussi un compte ici ne reçoit qu'un courriel."""
    personnes = Utilisateur.objects.filter(
        pk__in=consultation.questions.values("posee_par"), est_actif=True
    )
    ecrits = set()
    for personne in personnes:
        ecrits.add(personne.courriel.lower())
        yield _compte(personne)
    for demandeur in queries.demandeurs_entendus(consultation):
        if demandeur.courriel not in ecrits:
            yield _sans_compte(demandeur)


def _compte(personne: Utilisateur) -> Lecteur:
    return Lecteur(personne.courriel, personne.reference, personne.nom)


def _sans_compte(demandeur: Demandeur) -> Lecteur:
    return Lecteur(demandeur.courriel, demandeur.reference)


def _auteur(question: Question) -> Lecteur:
    return (
        _compte(question.posee_par)
        if question.posee_par
        else Lecteur(question.courriel, question.reference)
    )


def _page_de_l_auteur(question: Question) -> str:
    """La sienne : celle de son compte, ou celle de son lien."""
    demandeur = queries.demandeur_de(question)
    return (
        jetons.lien_de(demandeur) if demandeur else _adresse("questions:accuse", question.reference)
    )


def _adresse(nom: str, *arguments: str) -> str:
    return f"{settings.ADRESSE_PUBLIQUE}{reverse(nom, args=arguments)}"


def _ecrire(
    lecteur: Lecteur,
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    maintenant: datetime,
) -> None:
    texte = render_to_string(
        f"questions/courriels/{gabarit}.txt", {**contexte, "personne": lecteur}
    )
    ecrire_courriel(
        cle=cle, destinataire=lecteur.courriel, sujet=sujet, texte=texte, maintenant=maintenant
    )

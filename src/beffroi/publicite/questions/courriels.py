"""Ce qui s'écrit d'une question :
le lien, l'accusé, l'annonce à l'acheteur sans nom, la réponse à tous, l'écart.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import publieurs
from beffroi.publicite.questions import jetons, queries
from beffroi.publicite.questions.models import Demandeur, Question, ReponseAQuestion
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun
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
    ecrire_a(
        demandeur.courriel,
        cle=f"{queries.CLE_DES_LIENS}{demandeur.reference}:{maintenant.isoformat()}",
        sujet=f"Votre lien pour poser une question, {consultation.titre}",
        gabarit="questions/courriels/lien.txt",
        contexte={"consultation": consultation, "lien": jetons.lien_de(demandeur)},
        maintenant=maintenant,
    )


def accuser_reception(question: Question, *, maintenant: datetime) -> None:
    _ecrire_a_l_auteur(question, "accuse", f"Question {question.reference} reçue", le=maintenant)


def prevenir_l_acheteur(question: Question, *, maintenant: datetime) -> None:
    """À qui peut répondre ; ni le nom de l'auteur, ni son texte, qui pourrait le dire."""
    consultation = question.consultation
    ecrire_a_chacun(
        publieurs(consultation.organisme, maintenant),
        cle=f"question:{question.reference}:acheteur:",
        sujet=f"Une question sur {consultation.reference}",
        gabarit="questions/courriels/acheteur.txt",
        contexte={
            "question": question,
            "page": lien_vers("questions:repondre", consultation.reference, question.reference),
        },
        maintenant=maintenant,
    )


def donner_la_reponse(reponse: ReponseAQuestion, *, maintenant: datetime) -> None:
    """À chaque personne qui a posé une question ici.

    Qui suit la consultation l'apprend par l'événement.
    """
    consultation = reponse.question.consultation
    page = lien_vers("questions:liste", consultation.reference)
    ecrire_a_chacun(
        _qui_a_demande(consultation),
        cle=f"question:{reponse.question.reference}:reponse:",
        sujet=f"Question n° {reponse.numero} : la réponse est publiée, {consultation.titre}",
        gabarit="questions/courriels/reponse.txt",
        contexte={
            "reponse": reponse,
            "consultation": consultation,
            "limite": dates.jour_et_heure(consultation.limite),
            "page": f"{page}#question-{reponse.numero}",
        },
        maintenant=maintenant,
    )


def dire_l_ecart(question: Question, *, maintenant: datetime) -> None:
    sujet = f"Question {question.reference} : l'acheteur n'y répondra pas"
    _ecrire_a_l_auteur(question, "ecart", sujet, le=maintenant)


def _ecrire_a_l_auteur(question: Question, gabarit: str, sujet: str, *, le: datetime) -> None:
    auteur = _auteur(question)
    ecrire_a(
        auteur.courriel,
        cle=f"question:{question.reference}:{gabarit}",
        sujet=sujet,
        gabarit=f"questions/courriels/{gabarit}.txt",
        contexte={"personne": auteur, "question": question, "page": _page_de_l_auteur(question)},
        maintenant=le,
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
    if demandeur:
        return jetons.lien_de(demandeur)
    return lien_vers("questions:accuse", question.reference)

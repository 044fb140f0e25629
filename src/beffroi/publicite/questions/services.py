"""Poser une question, y répondre à tous au même instant, ou l'écarter en disant pourquoi."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.achat.consultations.events import QuestionRepondue
from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.achat.consultations.rules.documents import nom_sur
from beffroi.achat.consultations.services.publication import annoncer
from beffroi.personnes.abonnements.rules import peut_ecrire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Equipe
from beffroi.publicite.questions import courriels, queries, rules
from beffroi.publicite.questions.models import (
    Demandeur,
    PieceDeQuestion,
    Question,
    ReponseAQuestion,
)
from beffroi.socle.fondations import evenements, outbox
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.guichet.envois import Fichier
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Saisie:
    """Une question telle qu'elle s'envoie ; la même clé n'en fait qu'une."""

    texte: str
    cle: str
    fichiers: Sequence[Fichier] = ()


@dataclass(frozen=True)
class Auteur:
    """Qui demande : une personne pour son établissement, ou une adresse sans compte."""

    acteur: Acteur
    equipe: Equipe | None = None
    posee_par: Utilisateur | None = None
    courriel: str = ""


@dataclass(frozen=True)
class Projet:
    """La réponse que l'acheteur prépare ; `retirees` nomme les fichiers qu'il ôte."""

    question_publique: str = ""
    texte: str = ""
    suite: str = ""
    motif_sans_changement: str = ""
    fichiers: Sequence[Fichier] = ()
    retirees: Sequence[str] = ()


@transaction.atomic
def poser_une_question(
    *,
    consultation: Consultation,
    equipe: Equipe,
    saisie: Saisie,
    par: Utilisateur,
    maintenant: datetime,
) -> Question:
    """Reçoit la question d'une entreprise, et en accuse réception (CCP, annexe 7)."""
    auteur = Auteur(par.acteur, equipe=equipe, posee_par=par)
    return _recevoir(consultation, saisie, auteur, maintenant=maintenant)


@transaction.atomic
def poser_sans_compte(*, demandeur: Demandeur, saisie: Saisie, maintenant: datetime) -> Question:
    """Reçoit une question par le lien d'une adresse : l'envoyer la confirme.

    Le journal ne garde pas l'adresse.
    """
    acteur = Acteur(reference=demandeur.reference, libelle="Une personne sans compte")
    auteur = Auteur(acteur, courriel=demandeur.courriel)
    return _recevoir(demandeur.consultation, saisie, auteur, maintenant=maintenant)


def _recevoir(
    consultation: Consultation, saisie: Saisie, auteur: Auteur, *, maintenant: datetime
) -> Question:
    """La même clé n'en fait qu'une ; en retard, elle est reçue et signalée."""
    consultation = verrouiller(consultation, avec=("organisme",))
    siennes = Question.objects.filter(posee_par=auteur.posee_par, courriel=auteur.courriel)
    deja = siennes.filter(cle_d_envoi=saisie.cle).first()
    if deja is not None:
        return deja
    exiger(rules.peut_recevoir_une_question(etat=consultation.etat))
    posees = consultation.questions.filter(equipe=auteur.equipe, courriel=auteur.courriel).count()
    exiger(rules.question_recevable(texte=saisie.texte, deja_posees=posees))
    question = Question.objects.create(
        consultation=consultation,
        equipe=auteur.equipe,
        posee_par=auteur.posee_par,
        courriel=auteur.courriel,
        texte=saisie.texte.strip(),
        cle_d_envoi=saisie.cle,
        recue_le=maintenant,
        hors_delai=rules.est_hors_delai(
            recue_le=maintenant, limite=consultation.date_limite_questions
        ),
    )
    pieces = [garder(fichier, question=question) for fichier in saisie.fichiers]
    _journaliser(
        question,
        "question.poser",
        par=auteur.acteur,
        le=maintenant,
        hors_delai=question.hors_delai,
        pieces=_dites(pieces),
    )
    courriels.accuser_reception(question, maintenant=maintenant)
    courriels.prevenir_l_acheteur(question, maintenant=maintenant)
    return question


@transaction.atomic
def donner_le_lien(*, consultation: Consultation, courriel: str, maintenant: datetime) -> None:
    """Écrit à l'adresse de quoi demander sans compte.

    Ne rend rien : nul n'apprend si elle était connue.
    """
    exiger(rules.peut_recevoir_une_question(etat=consultation.etat))
    demandeur, _ = Demandeur.objects.update_or_create(
        consultation=consultation,
        courriel=courriel.strip().lower(),
        defaults={"demande_le": maintenant},
    )
    permis = peut_ecrire(
        ecrits=queries.liens_ecrits(demandeur.courriel),
        ce_sujet=queries.liens_ecrits(demandeur.courriel, f"{demandeur.reference}:"),
        maintenant=maintenant,
    )
    if permis:
        courriels.donner_le_lien(demandeur, maintenant=maintenant)


@transaction.atomic
def effacer_les_demandeurs(*, le: datetime) -> int:
    """Une adresse qui n'a rien demandé ne se garde pas,
    ni le courriel qui lui est parti (RGPD, art. 5).
    """
    effaces = queries.demandeurs_a_effacer(avant=le - rules.VIE_D_UN_LIEN)
    for demandeur in effaces:
        outbox.effacer(f"{queries.CLE_DES_LIENS}{demandeur.reference}:")
        demandeur.delete()
    return len(effaces)


def garder(
    fichier: Fichier, *, question: Question | None = None, reponse: ReponseAQuestion | None = None
) -> PieceDeQuestion:
    cle = nouvelle_cle("question")
    ecrit = stockage().ecrire(cle, fichier.flux)
    return PieceDeQuestion.objects.create(
        question=question,
        reponse=reponse,
        nom=nom_sur(fichier.nom),
        taille=ecrit.taille,
        sha256=ecrit.sha256,
        cle_de_stockage=cle,
    )


@transaction.atomic
def preparer_la_reponse(
    *, question: Question, projet: Projet, par: Acteur, maintenant: datetime
) -> ReponseAQuestion:
    """Garde la réponse telle qu'elle est ;
    personne d'autre ne la voit avant qu'elle soit publiée.
    """
    question = _a_traiter(question)
    reponse, _ = ReponseAQuestion.objects.update_or_create(
        question=question,
        defaults={
            "question_publique": projet.question_publique.strip(),
            "texte": projet.texte.strip(),
            "suite": projet.suite,
            "motif_sans_changement": projet.motif_sans_changement.strip()
            if projet.suite == "non"
            else "",
            "preparee_le": maintenant,
        },
    )
    _oter(reponse.pieces.filter(reference__in=projet.retirees))
    pieces = [garder(fichier, reponse=reponse) for fichier in projet.fichiers]
    _journaliser(
        question, "question.preparer_la_reponse", par=par, le=maintenant, pieces=_dites(pieces)
    )
    return reponse


def _oter(pieces: Any) -> None:
    for piece in list(pieces):
        cle = piece.cle_de_stockage
        piece.delete()
        transaction.on_commit(lambda cle=cle: stockage().supprimer(cle))  # type: ignore[misc]


def _a_traiter(question: Question) -> Question:
    """La question, sous verrou, si rien n'y a encore mis fin."""
    verrouiller(question.consultation)
    question = verrouiller(question, avec=("consultation__organisme", "posee_par"))
    if question.ecartee_le:
        raise ConflitEtat("Cette question a été écartée. Rechargez la page.")
    reponse = queries.reponse_preparee(question)
    if reponse is not None and reponse.publiee_le:
        raise ConflitEtat("La réponse est déjà publiée : elle ne change plus.")
    return question


@transaction.atomic
def publier_la_reponse(
    *, question: Question, relue: bool, par: Acteur, maintenant: datetime
) -> ReponseAQuestion:
    """Donne la réponse à tous au même instant, sans dire qui a demandé (CCP, art. R. 2132-6)."""
    question = _a_traiter(question)
    reponse = queries.reponse_preparee(question)
    if reponse is None:
        raise ConflitEtat("Écrivez d'abord la réponse.")
    exiger(queries.publication_de(reponse, relue=relue))
    reponse.numero = 1 + queries.publiees(question.consultation).count()
    reponse.publiee_le = maintenant
    reponse.save(update_fields=["numero", "publiee_le"])
    annonce = f"Question n° {reponse.numero} : la réponse est publiée."
    annoncer(question.consultation, ChangementPublie.Sorte.QUESTION, annonce, maintenant=maintenant)
    _journaliser(
        question, "question.publier_la_reponse", par=par, le=maintenant, **_publique(reponse)
    )
    courriels.donner_la_reponse(reponse, maintenant=maintenant)
    evenements.publier(
        QuestionRepondue(
            reference=question.consultation.reference,
            numero=reponse.numero,
            question=reponse.question_publique,
            reponse=reponse.texte,
            le=maintenant,
        )
    )
    return reponse


def _publique(reponse: ReponseAQuestion) -> Mapping[str, Any]:
    return {
        "numero": reponse.numero,
        "question": reponse.question_publique,
        "reponse": reponse.texte,
        "suite": reponse.suite,
        "motif_sans_changement": reponse.motif_sans_changement,
        "pieces": _dites(reponse.pieces.all()),
    }


@transaction.atomic
def ecarter_la_question(
    *, question: Question, motif: str, par: Acteur, maintenant: datetime
) -> Question:
    """N'y répond pas, et dit pourquoi à son auteur seul."""
    question = _a_traiter(question)
    exiger(rules.peut_etre_ecartee(motif=motif))
    question.ecartee_le, question.motif_d_ecart = maintenant, motif.strip()
    question.save(update_fields=["ecartee_le", "motif_d_ecart"])
    _journaliser(question, "question.ecarter", par=par, le=maintenant, motif=question.motif_d_ecart)
    courriels.dire_l_ecart(question, maintenant=maintenant)
    return question


def _dites(pieces: Any) -> list[dict[str, Any]]:
    return [
        {"piece": piece.reference, "taille": piece.taille, "sha256": piece.sha256}
        for piece in pieces
    ]


def _journaliser(
    sujet: Question, acte: str, *, par: Acteur, le: datetime, **donnees: object
) -> None:
    journaliser(
        acte,
        sujet=sujet.consultation.reference,
        organisme=sujet.consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees={"reference": sujet.reference, **donnees},
    )

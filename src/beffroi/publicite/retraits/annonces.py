"""Ce qui s'écrit à qui suit une consultation :
le changement, l'heure et la référence de la page, au même instant.
"""

from django.conf import settings
from django.urls import reverse

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    DocumentModifie,
    QuestionRepondue,
)
from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.abonnements import services as abonnements
from beffroi.publicite.retraits.queries import sujet_de
from formats import dates, tailles

NATURES = {"ajout": "Ajouté", "remplacement": "Remplacé", "retrait": "Retiré"}


def annoncer_un_changement(evenement: ConsultationModifiee) -> None:
    titre = "Le dossier a changé" if evenement.documents else "L'heure limite a changé"
    _annoncer(
        evenement, titre, lignes=[evenement.texte, *map(ligne_du_document, evenement.documents)]
    )


def annoncer_la_fin(evenement: ConsultationDeclareeSansSuite) -> None:
    _annoncer(
        evenement,
        "Consultation sans suite",
        lignes=["L'acheteur renonce à cette procédure.", evenement.motif],
    )


def annoncer_une_reponse(evenement: QuestionRepondue) -> None:
    """La question récrite et la réponse, du même acte que la page ; rien n'y dit qui a demandé."""
    lignes = [
        f"Question n° {evenement.numero} : {evenement.question}",
        "",
        f"Réponse : {evenement.reponse}",
    ]
    _annoncer(evenement, "Une réponse à une question", lignes=lignes)


def _annoncer(
    evenement: ConsultationModifiee | ConsultationDeclareeSansSuite | QuestionRepondue,
    titre: str,
    *,
    lignes: list[str],
) -> None:
    consultation = Consultation.toutes.select_related("organisme").get(
        reference=evenement.reference
    )
    annonce = abonnements.Annonce(
        cle=evenement.le.isoformat(),
        titre=f"{titre} : {consultation.titre} ({consultation.reference})",
        texte="\n".join([*lignes, "", *rappel(consultation)]),
        page=reverse("consultations:documents", args=(consultation.reference,)),
        presse=True,
    )
    abonnements.avertir(sujet=sujet_de(consultation).cle, annonce=annonce, maintenant=evenement.le)


def ligne_du_document(document: DocumentModifie) -> str:
    """« - Remplacé : Règlement (reglement-v2.pdf, 1,2 Mo) »."""
    fichier = f" ({document.nom}, {tailles.humaniser(document.taille)})" if document.nom else ""
    return f"- {NATURES.get(document.nature, document.nature)} : {document.intitule}{fichier}"


def rappel(consultation: Consultation) -> list[str]:
    """La référence et l'heure de la page ; sans suite, il n'y a plus d'heure à tenir."""
    page = reverse("consultations:documents", args=(consultation.reference,))
    limite = (
        []
        if consultation.sans_suite_le
        else [f"Heure limite : {dates.jour_et_heure(consultation.limite)}"]
    )
    return [
        f"Consultation : {consultation.reference}, {consultation.titre}",
        f"Acheteur : {consultation.organisme.nom}",
        *limite,
        f"La page, qui fait foi : {settings.ADRESSE_PUBLIQUE}{page}",
    ]

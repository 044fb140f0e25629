"""Ce qu'une entreprise fait depuis un logiciel :
retrouver ses réponses, les retirer, demander, comme sur ses pages.
"""

import hashlib
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.params.functions import Header

from beffroi.achat.consultations.queries import lisible
from beffroi.faces.api import schemas
from beffroi.faces.api import schemas_de_l_entreprise as formes
from beffroi.faces.api.acces import EN_LECTURE, Jeton, Session, appelant, decrire_le_recu, tranche
from beffroi.faces.api.schemas import DE_CONFLIT, ERREURS
from beffroi.personnes.comptes.portees import Portee
from beffroi.publicite.questions import queries as questions
from beffroi.publicite.questions.models import Question
from beffroi.publicite.questions.services import Saisie, poser_une_question
from beffroi.reponse.depots import acces, queries, services
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.horloge import maintenant

POUR_DEPOSER = [Jeton(Portee.REPONSES_DEPOSER), Session()]
POUR_DEMANDER = [Jeton(Portee.QUESTIONS_POSER), Session()]
routes = Router(tags=["entreprise"])


@routes.get("/reponses", response={200: formes.PageDeReponses, **ERREURS}, auth=EN_LECTURE)
def lister_les_reponses(request: HttpRequest, demande: Query[schemas.Pagination]) -> dict[str, Any]:
    """Mes réponses, et celles de mon équipe, de la plus ancienne à la plus récente."""
    siennes = acces.reponses_de(appelant(request).personne()).prefetch_related("plis")
    page, suivant = tranche(siennes, demande)
    return {"reponses": [reponse_en_liste(brouillon) for brouillon in page], "suivant": suivant}


@routes.get("/depots", response={200: formes.PageDeDepots, **ERREURS}, auth=EN_LECTURE)
def lister_les_depots(request: HttpRequest, demande: Query[schemas.Pagination]) -> dict[str, Any]:
    """Mes dépôts, du plus ancien au plus récent ; chacun a son récépissé."""
    page, suivant = tranche(queries.plis_deposes(appelant(request).personne()), demande)
    return {"depots": [depot_en_liste(pli) for pli in page], "suivant": suivant}


@routes.get("/depots/{reference}", response={200: formes.Depot, **ERREURS}, auth=EN_LECTURE)
def lire_le_depot(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Un dépôt : son récépissé, et ce qu'il est devenu."""
    return decrire_le_depot(appelant(request).pli(reference))


@routes.post(
    "/depots/{reference}/retrait", response={200: formes.Depot, **ERREURS}, auth=POUR_DEPOSER
)
def retirer(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Retirer une réponse avant l'heure limite : elle reste scellée, et personne ne l'ouvrira.

    Répété, rend le même retrait.
    """
    qui = appelant(request)
    pli = qui.pli(reference)
    if pli.etat != Pli.Etat.RETIRE:
        pli = services.retirer_pli(pli=pli, par=qui.utilisateur, maintenant=maintenant())
    return decrire_le_depot(pli)


@routes.post(
    "/consultations/{reference}/questions",
    response={201: formes.QuestionPosee, **DE_CONFLIT},
    auth=POUR_DEMANDER,
)
def demander(
    request: HttpRequest,
    reference: str,
    corps: formes.NouvelleQuestion,
    cle: str = Header(..., alias="Idempotency-Key", min_length=1, max_length=80),
) -> Status[Any]:
    """Poser une question à l'acheteur, en privé.

    La même clé redonne la même question. Un fichier se joint sur la page.
    """
    qui = appelant(request).personne()
    consultation = lisible(reference, qui)
    posee = poser_une_question(
        consultation=consultation,
        equipe=queries.membre_qui_repond(qui, corps.etablissement).equipe,
        saisie=Saisie(texte=corps.texte, cle=cle_de_personne(qui.reference, reference, cle)),
        par=qui,
        maintenant=maintenant(),
    )
    if posee.texte != corps.texte.strip():
        raise ConflitEtat(
            "Cette clé a déjà servi pour une autre question. Donnez-en une neuve à chaque question."
        )
    return Status(201, decrire_la_question(posee))


@routes.get("/questions", response={200: formes.PageDeQuestions, **ERREURS}, auth=POUR_DEMANDER)
def lister_mes_questions(
    request: HttpRequest, demande: Query[schemas.Pagination]
) -> dict[str, Any]:
    """Mes questions, et celles de mon établissement, de la plus ancienne à la plus récente."""
    page, suivant = tranche(questions.visibles_de(appelant(request).personne()), demande)
    return {"questions": [decrire_la_question(question) for question in page], "suivant": suivant}


@routes.get(
    "/questions/{question}", response={200: formes.QuestionPosee, **ERREURS}, auth=POUR_DEMANDER
)
def lire_ma_question(request: HttpRequest, question: str) -> dict[str, Any]:
    """Une question que j'ai posée, et la réponse donnée à tous."""
    return decrire_la_question(questions.question_de(appelant(request).personne(), question))


def cle_de_personne(personne: str, objet: str, cle: str) -> str:
    """La clé d'une personne pour un objet : celle d'un autre ne la rencontre jamais."""
    return hashlib.sha256(f"{personne}/{objet}/{cle}".encode()).hexdigest()[:40]


def reponse_en_liste(brouillon: BrouillonDeReponse) -> dict[str, Any]:
    depots = [pli.reference for pli in brouillon.plis.all()]
    return {
        "reponse": brouillon.reference,
        "consultation": brouillon.consultation.reference,
        "titre": brouillon.consultation.titre,
        "lots": brouillon.lots,
        "etat": "deposee" if depots else "en_preparation",
        "commencee_le": brouillon.commence_le,
        "expire_le": queries.expiration(brouillon),
        "date_limite": brouillon.date_limite,
        "depots": depots,
    }


def depot_en_liste(pli: Pli) -> dict[str, Any]:
    return {
        "recepisse": pli.reference,
        "consultation": pli.consultation.reference,
        "recu_le": pli.recu_le,
        "date_limite": pli.date_limite,
        "hors_delai": pli.hors_delai,
        "etat": pli.etat,
    }


def decrire_le_depot(pli: Pli) -> dict[str, Any]:
    return {**decrire_le_recu(pli), **depot_en_liste(pli), "retire_le": pli.retire_le}


def decrire_la_question(question: Question) -> dict[str, Any]:
    reponse = getattr(question, "reponse", None)
    publiee = reponse if reponse and reponse.publiee_le else None
    return {
        "question": question.reference,
        "consultation": question.consultation.reference,
        "texte": question.texte,
        "recue_le": question.recue_le,
        "hors_delai": question.hors_delai,
        "etat": "ecartee" if question.ecartee_le else "repondue" if publiee else "posee",
        "motif_d_ecart": question.motif_d_ecart,
        "reponse": publiee
        and {
            "numero": publiee.numero,
            "question": publiee.question_publique,
            "reponse": publiee.texte,
            "publiee_le": publiee.publiee_le,
        },
    }

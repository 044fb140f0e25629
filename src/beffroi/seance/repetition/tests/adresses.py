"""Qui entre où : la répétition d'une consultation publiée, et ses actes."""

from datetime import timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation, MembreQuiOuvre
from beffroi.reponse.depots.tests import factories as depots
from beffroi.seance.repetition.models import PlaceDeRepetition, Repetition
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Une consultation ouverte aux réponses, et la répétition que son agent a commencée."""
    limite = monde.maintenant + timedelta(days=3)
    consultation = depots.consultation(limite=limite)
    Consultation.toutes.filter(pk=consultation.pk).update(organisme=monde.bomy)
    consultation.refresh_from_db()
    MembreQuiOuvre.objects.create(
        consultation=consultation, utilisateur=monde.agent, designe_le=monde.maintenant
    )
    repetition = Repetition.objects.create(
        consultation=consultation,
        presidee_par=monde.agent,
        politique="standard",
        seuil=1,
        empreinte="ab" * 16,
        enveloppe=b"scelle",
        engagement="cd" * 32,
        phrase="phrase secrète de la répétition",
        commencee_le=monde.maintenant,
    )
    PlaceDeRepetition.objects.create(
        repetition=repetition, utilisateur=monde.agent, nom=monde.agent.nom
    )
    monde.objets["repetition"] = repetition
    monde.secrets |= {repetition.phrase, repetition.reference}


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["repetition"].consultation.reference}


def consultation_absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


def repetition(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["repetition"].reference}


def repetition_absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "T-22222222"}


def acte(statut: int, *, lecteur: int = 403, **donnees: str) -> Adresse:
    attendus = reserve_aux_agents(statut, agent_sans_role=lecteur)
    return Adresse(attendus, repetition, repetition_absente, methodes=("post",), donnees=donnees)


def lecture() -> Any:
    return reserve_aux_agents(200, agent_sans_role=200)


ADRESSES = {
    "repetition:accueil": Adresse(
        lecture(),
        consultation,
        consultation_absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "repetition:repetition": Adresse(lecture(), repetition, repetition_absente),
    "repetition:etat": Adresse(lecture(), repetition, repetition_absente),
    "repetition:rejoindre": acte(302),
    "repetition:codes": acte(422),
    "repetition:alea": acte(422, lecteur=422),
    "repetition:code": acte(422, lecteur=422),
    "repetition:part": acte(422, lecteur=422),
    "repetition:cles": acte(422),
    "repetition:enveloppe": acte(409),
    "repetition:conclure": acte(409),
    "repetition:abandonner": acte(302),
}

"""Qui entre où : la préparation, la séance, les réponses ouvertes."""

from typing import Any

from beffroi.seance.ouverture.tests.rangees import seance_de
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents


def planter(monde: Monde) -> None:
    monde.objets["ouverture"] = seance_de(
        monde.bomy, agent=monde.agent, maintenant=monde.maintenant
    )
    monde.secrets |= {"offre-secrete.pdf", monde.objets["ouverture"]["pli"].reference}


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["ouverture"]["consultation"].reference}


def consultation_absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


def seance(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["ouverture"]["seance"].reference}


def seance_absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "S-22222222"}


def lecture(statut: int = 200, *, lecteur: int | None = None) -> dict[str, Any]:
    """Le lecteur de l'organisme entre comme l'acheteur."""
    return reserve_aux_agents(statut, agent_sans_role=statut if lecteur is None else lecteur)


def page_de_seance(attendus: Any, **options: Any) -> Adresse:
    return Adresse(attendus, seance, seance_absente, **options)


def acte_de_seance(statut: int, *, lecteur: int = 403, **donnees: str) -> Adresse:
    return page_de_seance(lecture(statut, lecteur=lecteur), methodes=("post",), donnees=donnees)


def page_de_consultation(attendus: Any, *, post: Any = None) -> Adresse:
    methodes = ("get", "post") if post else ("get",)
    par_methode = {"post": post} if post else {}
    return Adresse(
        attendus, consultation, consultation_absente, methodes=methodes, par_methode=par_methode
    )


def avec(nom: str, objet: str, absent: str) -> dict[str, Any]:
    """Les arguments d'une adresse qui désigne un objet de la séance."""
    return {
        "arguments": lambda monde: {
            **seance(monde),
            nom: monde.objets["ouverture"][objet].reference,
        },
        "absents": lambda monde: {**seance_absente(monde), nom: absent},
    }


ADRESSES = {
    "ouverture:preparation": page_de_consultation(lecture(), post=reserve_aux_agents(422)),
    "ouverture:recouvrement": page_de_consultation(
        reserve_aux_agents(), post=reserve_aux_agents(422)
    ),
    "ouverture:complement": page_de_consultation(
        reserve_aux_agents(), post=reserve_aux_agents(422)
    ),
    "ouverture:plis_ouverts": page_de_consultation(lecture()),
    "ouverture:fichier_ouvert": Adresse(
        lecture(),
        lambda monde: {"fichier": monde.objets["ouverture"]["fichier"].reference},
        lambda monde: {"fichier": "C-2222222222222222"},
    ),
    "ouverture:seance": page_de_seance(lecture()),
    "ouverture:rejoindre": acte_de_seance(302, lecteur=302),
    "ouverture:sans_conflit": acte_de_seance(403),
    "ouverture:presidence": acte_de_seance(403),
    "ouverture:installer": acte_de_seance(422),
    "ouverture:registre_lu": acte_de_seance(302),
    "ouverture:suspendre": acte_de_seance(409),
    "ouverture:abandonner": acte_de_seance(302),
    "ouverture:etat": page_de_seance(lecture()),
    "ouverture:codes": acte_de_seance(422),
    "ouverture:alea": acte_de_seance(422, lecteur=422),
    "ouverture:code": acte_de_seance(422, lecteur=422),
    "ouverture:part": acte_de_seance(422, lecteur=422),
    "ouverture:cles": acte_de_seance(422),
    "ouverture:suivante": acte_de_seance(403, rang="1"),
    "ouverture:observation": Adresse(
        reserve_aux_agents(),
        **avec("ouverture", "ouverture", "V-222222222222"),
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "ouverture:soumissionnaires": Adresse(
        reserve_aux_agents(404),
        **avec("pli", "pli", "D-2020-00000"),
        methodes=("get", "post"),
    ),
    "ouverture:hors_delai": page_de_seance(lecture()),
    "ouverture:decision": Adresse(
        reserve_aux_agents(),
        **avec("pli", "pli", "D-2020-00000"),
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "ouverture:hors_ligne": acte_de_seance(409),
    "ouverture:recapitulatif": page_de_seance(lecture()),
    "ouverture:commission": page_de_seance(
        reserve_aux_agents(),
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "ouverture:clore": acte_de_seance(403),
}

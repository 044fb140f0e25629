"""Qui entre où : le registre d'une consultation close, ses tirages, ce qui arrive au guichet."""

from datetime import timedelta
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.tests import factories as depots
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents


def planter(monde: Monde) -> None:
    consultation = depots.consultation(limite=monde.maintenant - timedelta(hours=1))
    Consultation.toutes.filter(pk=consultation.pk).update(organisme=monde.bomy)
    monde.objets["registre"] = consultation


def consultation(monde: Monde) -> dict[str, Any]:
    return {"reference": monde.objets["registre"].reference}


def absente(monde: Monde) -> dict[str, Any]:
    return {"reference": "2020-0000"}


def en_csv(arguments: Any) -> Any:
    return lambda monde: {**arguments(monde), "extension": "csv"}


LECTEURS = reserve_aux_agents(agent_sans_role=200)
ADRESSES = {
    "registre_des_depots:registre": Adresse(
        LECTEURS,
        consultation,
        absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302, agent_sans_role=302)},
    ),
    "registre_des_depots:telecharger": Adresse(
        reserve_aux_agents(302, agent_sans_role=302), en_csv(consultation), en_csv(absente)
    ),
    "registre_des_depots:depot_materiel": Adresse(
        reserve_aux_agents(),
        consultation,
        absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
}

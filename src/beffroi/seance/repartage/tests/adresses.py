"""Les adresses du repartage, pour le test de cloisonnement."""

from collections.abc import Callable, Mapping
from typing import Any

from beffroi.achat.consultations.tests.scene import Scene, agent
from beffroi.seance.repartage import services
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents


def planter(monde: Monde) -> None:
    """Bomy change les personnes qui ouvriront une de ses consultations."""
    collegue, arrivee = (
        agent(nom, monde.bomy, le=monde.maintenant) for nom in ("Gisèle Roussel", "Yvette Cordier")
    )
    consultation = Scene(monde.bomy, monde.agent, collegue, monde.maintenant).publiee(
        "Toiture de la salle"
    )
    services.demander_un_repartage(
        consultation=consultation,
        vers=[monde.agent, arrivee],
        voie="membres",
        par=monde.agent,
        maintenant=monde.maintenant,
    )
    monde.objets["repartie"] = consultation
    monde.secrets |= {collegue.courriel, arrivee.courriel}


def adresse(statuts: Mapping[str, Any], **autres: Any) -> Adresse:
    reference: Callable[[Monde], dict[str, Any]] = lambda monde: {  # noqa: E731
        "reference": monde.objets["repartie"].reference
    }
    return Adresse(
        statuts, arguments=reference, absents=lambda monde: {"reference": "2020-0000"}, **autres
    )


ADRESSES = {
    "repartage:changer": adresse(reserve_aux_agents()),
    "repartage:repartage": adresse(reserve_aux_agents()),
    "repartage:remettre": adresse(reserve_aux_agents(422), methodes=("post",)),
    "repartage:achever": adresse(reserve_aux_agents(422), methodes=("post",)),
    "repartage:abandonner": adresse(
        reserve_aux_agents(),
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
}

"""Qui entre où : au centre, qui intervient ; chez l'organisme, son administrateur."""

from typing import Any

from beffroi.centre.interventions.services.cycle import Raison, ouvrir
from beffroi.centre.interventions.services.imports import deposer_un_tableau
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.personnes.organismes.services import accueillir_agent
from tests.architecture.adresses import (
    Adresse,
    Attendus,
    Monde,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)

AILLEURS = "21620999900011"


def planter(monde: Monde) -> None:
    monde.objets["intervention"] = ouvrir(
        organisme=monde.bomy,
        raison=Raison("Un agent est parti.", "Appel de la mairie"),
        minutes=480,
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.objets["attente_d_agent"] = accueillir_agent(
        organisme=monde.bomy,
        courriel="attendue@bomy.example",
        nom="Odile Fasquelle",
        roles=["lecteur"],
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {"attendue@bomy.example"}
    monde.objets["import_d_agents"] = deposer_un_tableau(
        nom="agents.csv",
        octets=b"siret;courriel;roles\n",
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )


def de_bomy(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret}


def de_personne(_: Monde) -> dict[str, str]:
    return {"siret": AILLEURS}


def agent(monde: Monde) -> dict[str, str]:
    habilitation = habilitation_dans(monde.agent_sans_role, monde.bomy, monde.maintenant)
    return {"siret": monde.bomy.siret, "reference": habilitation.reference}


def attente(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret, "reference": monde.objets["attente_d_agent"].reference}


def agent_absent(_: Monde) -> dict[str, str]:
    return {"siret": AILLEURS, "reference": "H-22222222"}


def intervention(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret, "reference": monde.objets["intervention"].reference}


def intervention_absente(_: Monde) -> dict[str, str]:
    return {"siret": AILLEURS, "reference": "IC-22222222"}


def formulaire(
    arguments: Any, absents: Any, poste: int = 422, donnees: dict[str, Any] | None = None
) -> Adresse:
    par_methode: dict[str, Attendus] = {"post": reserve_a_l_exploitant(poste)}
    return Adresse(
        reserve_a_l_exploitant(),
        arguments,
        absents,
        methodes=("get", "post"),
        donnees=donnees or {},
        par_methode=par_methode,
    )


ADRESSES = {
    "interventions:activer": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "interventions:liste": Adresse(reserve_a_l_exploitant()),
    "interventions:importer": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "interventions:modele": Adresse(reserve_a_l_exploitant()),
    "interventions:relire": formulaire(
        lambda monde: {"reference": monde.objets["import_d_agents"].reference},
        lambda _: {"reference": "IG-22222222"},
    ),
    "interventions:organisme": Adresse(reserve_a_l_exploitant(), de_bomy, de_personne),
    "interventions:ouvrir": formulaire(de_bomy, de_personne),
    "interventions:intervention": formulaire(intervention, intervention_absente, 302),
    "interventions:coordonnees": formulaire(de_bomy, de_personne, 302),
    "interventions:ajouter": formulaire(de_bomy, de_personne),
    "interventions:changer": formulaire(agent, agent_absent, 302, {"roles": ["redacteur"]}),
    "interventions:retirer": formulaire(agent, agent_absent, 302),
    "interventions:inviter": Adresse(
        reserve_a_l_exploitant(302), attente, agent_absent, methodes=("post",)
    ),
    "interventions:annuler": formulaire(attente, agent_absent, 302),
    "interventions:chez_nous": Adresse(reserve_aux_agents(), de_bomy, de_personne),
    "interventions:arreter": Adresse(
        reserve_aux_agents(),
        intervention,
        intervention_absente,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
}

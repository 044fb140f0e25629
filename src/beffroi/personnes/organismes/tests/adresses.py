"""Qui entre où : les agents d'un organisme, les pages de l'exploitant."""

from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.personnes.organismes.services import accueillir_agent
from tests.architecture.adresses import (
    Adresse,
    Monde,
    connexion,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)


def planter(monde: Monde) -> None:
    monde.objets["habilitation"] = habilitation_dans(
        monde.agent_sans_role, monde.bomy, monde.maintenant
    )
    monde.objets["attente"] = accueillir_agent(
        organisme=monde.bomy,
        courriel="attendu@bomy.example",
        nom="Jeanne Duval",
        roles=["administrateur"],
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    monde.secrets |= {"attendu@bomy.example"}


def organisme(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret}


def organisme_absent(monde: Monde) -> dict[str, str]:
    return {"siret": "21620999900011"}


def agent(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret, "reference": monde.objets["habilitation"].reference}


def attente(monde: Monde) -> dict[str, str]:
    return {"siret": monde.bomy.siret, "reference": monde.objets["attente"].reference}


def agent_absent(monde: Monde) -> dict[str, str]:
    return {"siret": "21620999900011", "reference": "H-22222222"}


ADRESSES = {
    "organismes:mes_organismes": Adresse(
        connexion(agent=302, agent_sans_role=302, agent_etranger=302, exploitant=302)
    ),
    "organismes:agents": Adresse(reserve_aux_agents(), organisme, organisme_absent),
    "organismes:coordonnees": Adresse(reserve_aux_agents(), organisme, organisme_absent),
    "organismes:publication": Adresse(
        reserve_aux_agents(),
        organisme,
        organisme_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "organismes:revue": Adresse(reserve_aux_agents(), organisme, organisme_absent),
    "organismes:habiliter": Adresse(
        reserve_aux_agents(),
        organisme,
        organisme_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
        donnees={"courriel": "b@bomy.example", "nom": "Bernard Lefebvre", "roles": ["lecteur"]},
    ),
    "organismes:roles": Adresse(
        reserve_aux_agents(),
        agent,
        agent_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
        donnees={"roles": ["redacteur"]},
    ),
    "organismes:retirer": Adresse(
        reserve_aux_agents(),
        agent,
        agent_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "organismes:fermer": Adresse(
        reserve_aux_agents(),
        agent,
        agent_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
        donnees={"raison": "départ"},
    ),
    "organismes:inviter": Adresse(
        reserve_aux_agents(302), attente, agent_absent, methodes=("post",)
    ),
    "organismes:annuler": Adresse(
        reserve_aux_agents(),
        attente,
        agent_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "organismes:annuler_un_administrateur": Adresse(
        reserve_a_l_exploitant(),
        attente,
        agent_absent,
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
    "organismes:organismes": Adresse(reserve_a_l_exploitant()),
    "organismes:ouvrir": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "organismes:nommer": Adresse(
        reserve_a_l_exploitant(),
        organisme,
        organisme_absent,
        methodes=("get", "post"),
        donnees={"courriel": "b@bomy.example", "nom": "Bernard Lefebvre"},
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "organismes:comptes": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "organismes:compte": Adresse(
        reserve_a_l_exploitant(),
        lambda monde: {"reference": monde.agent_sans_role.reference},
        lambda monde: {"reference": "U-22222222"},
        methodes=("get", "post"),
        donnees={"raison": "départ"},
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
}

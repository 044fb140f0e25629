"""Qui entre où : le constat d'un fichier ouvert de Bomy."""

from tests.architecture.adresses import Adresse, reserve_aux_agents

ADRESSES = {
    "antivirus:fichier": Adresse(
        reserve_aux_agents(agent_sans_role=200),
        lambda monde: {"reference": monde.objets["ouverture"]["fichier"].reference},
        lambda monde: {"reference": "C-2222222222222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422, agent_sans_role=403)},
    ),
}

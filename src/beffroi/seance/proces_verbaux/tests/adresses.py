"""Qui entre où : le procès-verbal d'une séance en préparation, et celui qu'on signe."""

from beffroi.seance.ouverture.tests.adresses import (
    acte_de_seance,
    lecture,
    page_de_seance,
    seance,
    seance_absente,
)
from tests.architecture.adresses import Adresse, reserve_aux_agents

ADRESSES = {
    "proces_verbaux:proces_verbal": page_de_seance(lecture()),
    "proces_verbaux:pdf": page_de_seance(lecture(409)),
    "proces_verbaux:remarque": acte_de_seance(403, texte="Une remarque."),
    "proces_verbaux:signer": page_de_seance(reserve_aux_agents(409), methodes=("get", "post")),
    "proces_verbaux:signe": Adresse(
        reserve_aux_agents(404, agent_sans_role=404),
        lambda monde: {**seance(monde), "signe": "Q-22222222"},
        lambda monde: {**seance_absente(monde), "signe": "Q-22222222"},
    ),
}

"""Qui entre où : l'entreprise a la preuve de sa réponse,
l'acheteur celle de sa consultation, après l'heure limite.
"""

from tests.architecture.adresses import (
    Adresse,
    Monde,
    reserve_a_l_entreprise,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)


def reponse(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["reponse"].reference}


def consultation(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["consultation"].reference}


ADRESSES = {
    "preuves:attestation": Adresse(
        reserve_a_l_entreprise(), reponse, lambda _: {"reference": "R-22222222"}, methodes=("post",)
    ),
    "preuves:dossier": Adresse(
        reserve_aux_agents(),
        consultation,
        lambda _: {"reference": "2020-0000"},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents((200, 422))},
    ),
    "preuves:certificat_de_la_consultation": Adresse(
        reserve_aux_agents(),
        consultation,
        lambda _: {"reference": "2020-0000"},
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "preuves:certificat": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
}

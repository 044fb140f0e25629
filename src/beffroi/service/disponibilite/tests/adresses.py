"""Qui entre où : l'état du service est à tous ; le tenir, au technicien du centre."""

from beffroi.service.disponibilite import services
from tests.architecture.adresses import Adresse, Monde, publique, reserve_a_l_exploitant


def planter(monde: Monde) -> None:
    annonce = services.Annonce(
        sorte="incident",
        titre="Envois lents",
        texte="Les envois ralentissent.",
        commence_le=monde.maintenant,
    )
    monde.objets["incident"] = services.annoncer(
        annonce, par=monde.agent_exploitant.acteur, maintenant=monde.maintenant
    )


ADRESSES = {
    "disponibilite:etat": Adresse(publique()),
    "disponibilite:flux": Adresse(publique()),
    "disponibilite:metriques": Adresse(publique(404)),
    "disponibilite:arrivee": Adresse(publique(404), methodes=("get", "post")),
    "disponibilite:serveur_frontal": Adresse(reserve_a_l_exploitant(), methodes=("get", "post")),
    "disponibilite:supervision": Adresse(reserve_a_l_exploitant()),
    "disponibilite:tenir": Adresse(
        reserve_a_l_exploitant(),
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "disponibilite:suivre": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets["incident"].reference},
        absents=lambda _: {"reference": "E-22222222"},
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
}

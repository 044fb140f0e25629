"""Qui entre où : une reprise est au centre de gestion, et à lui seul."""

from beffroi.centre.reprises.services import depot, vagues
from beffroi.centre.reprises.tests import gestes
from formats.dates import PARIS
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant

FORMULAIRE = ("get", "post")


def planter(monde: Monde) -> None:
    """Un tableur de deux lignes : l'une dans une vague qui attend, l'autre fausse."""
    acteur = {"par": monde.agent_exploitant, "maintenant": monde.maintenant}
    reprise = depot.deposer(
        nom="conventions-secretes.csv",
        octets=gestes.tableur(gestes.ligne(901), gestes.ligne(902, courriel="faux")),
        **acteur,
    )
    monde.objets["reprise_de_conventions"] = reprise
    monde.objets["vague_de_conventions"] = vagues.composer(
        reprise=reprise,
        nom="",
        le=monde.maintenant.astimezone(PARIS).date(),
        premieres=1,
        **acteur,
    )
    monde.secrets.add("conventions-secretes.csv")


def reprise(monde: Monde) -> dict[str, object]:
    return {"reference": monde.objets["reprise_de_conventions"].reference}


def absente(monde: Monde) -> dict[str, object]:
    return {"reference": "RP-22222222"}


def vague(monde: Monde) -> dict[str, object]:
    return {**reprise(monde), "numero": 1}


def vague_absente(monde: Monde) -> dict[str, object]:
    return {**reprise(monde), "numero": 99}


def un_formulaire(arguments=reprise, absents=absente, *, poste: int = 422) -> Adresse:
    return Adresse(
        reserve_a_l_exploitant(),
        arguments,
        absents,
        FORMULAIRE,
        par_methode={"post": reserve_a_l_exploitant(poste)},
    )


def un_geste(arguments, absents, statut: int) -> Adresse:
    return Adresse(reserve_a_l_exploitant(statut), arguments, absents, ("post",))


ADRESSES = {
    "reprises:liste": Adresse(
        reserve_a_l_exploitant(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_exploitant(422)},
    ),
    "reprises:modele": Adresse(reserve_a_l_exploitant()),
    "reprises:reprise": Adresse(reserve_a_l_exploitant(), reprise, absente),
    "reprises:corriger": un_geste(reprise, absente, 302),
    "reprises:fautives": Adresse(reserve_a_l_exploitant(), reprise, absente),
    "reprises:redeposer": un_formulaire(),
    "reprises:laisser": un_geste(
        lambda monde: {**reprise(monde), "numero": 3},
        lambda monde: {**absente(monde), "numero": 3},
        302,
    ),
    "reprises:copies": un_formulaire(),
    "reprises:composer": un_formulaire(),
    "reprises:vague": Adresse(reserve_a_l_exploitant(), vague, vague_absente),
    "reprises:defaire": un_geste(vague, vague_absente, 302),
    "reprises:activer": un_formulaire(vague, vague_absente, poste=302),
    "reprises:relancer": un_geste(vague, vague_absente, 422),
    "reprises:annuler": un_formulaire(vague, vague_absente),
}

"""Les contrats, pour le test de cloisonnement : à leur acheteur seul."""

from datetime import date

from beffroi.achat.consultations.tests.adresses import adresse, du
from beffroi.contrat.marches.services.contrats import Reprise
from beffroi.contrat.marches.tests import gestes
from tests.architecture.adresses import Adresse, Monde, attendus, reserve_aux_agents

OBJET = "Contrat que seule la commune de Bomy doit lire"
ABSENTE = "MA-22222222"


def planter(monde: Monde) -> None:
    """Un contrat de Bomy, en cours, avec une commande et son bon."""
    le, depuis = monde.maintenant, date(2026, 1, 12)
    marche = gestes.inscrit(
        monde.bomy,
        maintenant=le,
        reprise=Reprise(depuis, None, depuis),
        objet=OBJET,
        nature="accord_cadre",
        maximum=gestes.Decimal(90_000),
    )
    bon = gestes.vie.Commande("BC1", OBJET, gestes.Decimal(10), depuis)
    monde.objets["bon"] = gestes.vie.commander(
        marche=marche, commande=bon, bon=gestes.ACTE, par=monde.agent.acteur, maintenant=le
    )
    monde.objets["marche"] = marche
    monde.objets["a_signer"] = gestes.inscrit(
        monde.bomy, maintenant=le, numero="2026-015", objet=OBJET
    )
    monde.secrets.add(OBJET)


def un(**autres: str):
    return lambda monde: {"reference": monde.objets["marche"].reference, **autres}


def absent(**autres: str):
    return lambda _: {"reference": ABSENTE, **autres}


def piece(monde: Monde) -> dict[str, str]:
    return {
        "reference": monde.objets["marche"].reference,
        "piece": monde.objets["bon"].piece.reference,
    }


def a_signer(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["a_signer"].reference}


def du_titulaire(monde: Monde) -> dict[str, str]:
    """Une réponse déposée, et un contrat qui n'en est pas né : personne ne l'y trouve."""
    return {
        "reference": monde.objets["pli"].reference,
        "contrat": monde.objets["a_signer"].reference,
    }


def jamais(_: Monde) -> dict[str, str]:
    return {"reference": "D-ZZZZ-ZZZZ", "contrat": ABSENTE}


LECTURE = reserve_aux_agents(agent_sans_role=200)
AU_REGISTRE = attendus(404, anonyme=302, agent=200, agent_sans_role=200, agent_etranger=200)
ADRESSES = {
    "marches:registre": Adresse(AU_REGISTRE),
    "marches:export": Adresse(
        AU_REGISTRE, lambda _: {"format_": "csv"}, lambda _: {"format_": "exe"}
    ),
    "marches:inscrire": Adresse(
        attendus(404, anonyme=302, agent=200, agent_sans_role=403, agent_etranger=200),
        methodes=("get", "post"),
        par_methode={
            "post": attendus(404, anonyme=302, agent=422, agent_sans_role=403, agent_etranger=422)
        },
    ),
    "marches:contrat": Adresse(LECTURE, un(), absent()),
    "marches:piece": Adresse(LECTURE, piece, absent(piece="PM-222222222222")),
    "marches:acte_d_engagement": Adresse(LECTURE, un(format_="odt"), absent(format_="odt")),
    "marches:de_la_consultation": adresse(LECTURE, "consultation"),
    "marches:ouvrir": Adresse(
        reserve_aux_agents(409),
        du("consultation", lot=lambda _: 0),
        lambda _: {"reference": "2020-0000", "lot": 0},
    ),
    "marches:signer_ici": Adresse(
        reserve_aux_agents(409), a_signer, absent(), methodes=("get", "post")
    ),
    "marches:signer_en_titulaire": Adresse(
        attendus(404, anonyme=302), du_titulaire, jamais, methodes=("get", "post")
    ),
    "marches:document_du_titulaire": Adresse(attendus(404, anonyme=302), du_titulaire, jamais),
    "marches:agir": Adresse(
        reserve_aux_agents(),
        un(acte="commande"),
        absent(acte="commande"),
        methodes=("get", "post"),
        par_methode={"post": reserve_aux_agents(422)},
    ),
}

"""Qui entre où : l'avis d'attribution et le rapport, à l'acheteur seul ;
les écrire, à qui prépare ou valide.
"""

from datetime import date
from typing import Any

from beffroi.choix.attribution.models import Attribution
from beffroi.choix.attribution.tests.adresses import de
from beffroi.contrat.achevement import services
from beffroi.contrat.marches.services import contrats
from beffroi.contrat.marches.tests import gestes
from tests.architecture.adresses import Adresse, Monde, reserve_aux_agents

SECRET = "Une raison que seule la commune de Bomy doit lire"
FORMULAIRE = ("get", "post")


def planter(monde: Monde) -> None:
    """La consultation attribuée de Bomy a son contrat signé, et une version de son rapport."""
    consultation = monde.objets["attribuee"]
    pli = Attribution.objects.get(consultation=consultation).pli
    contrats.inscrire(
        organisme=monde.bomy,
        termes=gestes.replace(gestes.TERMES, numero="2026-ACHEVEE"),
        titulaires=[gestes.ATELIER],
        reprise=contrats.Reprise(date(2026, 1, 12), None, None),
        offre=contrats.Offre(consultation=consultation, lot=None, pli=pli, variante=0),
        par=monde.agent.acteur,
        maintenant=monde.maintenant,
    )
    dits = {**dict.fromkeys(services.redaction.DITS, ""), "autres": SECRET}
    monde.objets["rapport_de_presentation"] = services.etablir_le_rapport(
        consultation=consultation, complements=dits, par=monde.agent, maintenant=monde.maintenant
    )
    monde.secrets.add(SECRET)


def absent(**arguments: Any) -> Any:
    return lambda _: {"reference": "2020-0000", **arguments}


def rapport(monde: Monde, **autres: Any) -> dict[str, Any]:
    return {**de("attribuee", rapport="rapport_de_presentation")(monde), **autres}


LECTURE = reserve_aux_agents(agent_sans_role=200)
ADRESSES = {
    "achevement:avis": Adresse(LECTURE, de("attribuee"), absent()),
    "achevement:ecrire": Adresse(
        reserve_aux_agents(),
        lambda monde: {**de("attribuee")(monde), "forme": "nationale"},
        absent(forme="nationale"),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
    "achevement:rapport": Adresse(
        LECTURE,
        de("attribuee"),
        absent(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(302)},
    ),
    "achevement:apercu": Adresse(
        LECTURE,
        lambda monde: {**de("attribuee")(monde), "extension": "odt"},
        absent(extension="odt"),
    ),
    "achevement:fichier": Adresse(
        LECTURE,
        lambda monde: rapport(monde, extension="odt"),
        absent(rapport="RP-22222222", extension="odt"),
    ),
    "achevement:communiquer": Adresse(
        reserve_aux_agents(),
        rapport,
        absent(rapport="RP-22222222"),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(422)},
    ),
}

"""Qui entre où : les statistiques d'un acheteur sont à ses agents, celles du service au centre."""

from typing import Any

from beffroi.socle.fondations.horloge import maintenant
from formats.dates import PARIS
from tests.architecture.adresses import (
    Adresse,
    Monde,
    attendus,
    reserve_a_l_exploitant,
    reserve_aux_agents,
)


def bomy(monde: Monde) -> dict[str, Any]:
    return {"siret": monde.bomy.siret}


def aucun(_: Monde) -> dict[str, Any]:
    return {"siret": "99999999900019"}


def cette_annee(arguments: Any) -> Any:
    return lambda monde: {**arguments(monde), "annee": maintenant().astimezone(PARIS).year}


LECTEURS = reserve_aux_agents(agent_sans_role=200)
ADRESSES = {
    "pilotage:les_miennes": Adresse(
        attendus(404, anonyme=302, agent=302, agent_sans_role=302, agent_etranger=302)
    ),
    "pilotage:acheteur": Adresse(LECTEURS, bomy, aucun),
    "pilotage:acheteur_csv": Adresse(LECTEURS, cette_annee(bomy), cette_annee(aucun)),
    "pilotage:rapport": Adresse(LECTEURS, cette_annee(bomy), cette_annee(aucun)),
    "pilotage:service": Adresse(reserve_a_l_exploitant()),
    "pilotage:service_csv": Adresse(
        reserve_a_l_exploitant(), cette_annee(lambda _: {}), lambda _: {"annee": 1999}
    ),
}

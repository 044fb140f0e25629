"""Qui entre où : le centre tient le registre ;
l'administrateur d'un organisme lit ce qui le touche, et rien d'autre.
"""

from dataclasses import replace
from datetime import timedelta

from beffroi.garde.violations.gestes import GESTES
from beffroi.garde.violations.services.declaration import declarer
from beffroi.garde.violations.services.suites import prevenir
from beffroi.garde.violations.tests.scene import FAITS
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents

NATURE = "Le coffre de la mairie de Bomy a été forcé"


def planter(monde: Monde) -> None:
    faits = replace(FAITS, connue_le=monde.maintenant - timedelta(hours=2), nature=NATURE)
    violation = declarer(
        faits=faits, cle="adresses", par=monde.agent_exploitant, maintenant=monde.maintenant
    )
    prevenir(
        violation=violation,
        organismes=[monde.bomy],
        message="Prévenez vos agents.",
        par=monde.agent_exploitant,
        maintenant=monde.maintenant,
    )
    monde.objets["violation"] = violation
    monde.secrets.add(NATURE)


def la_violation(monde: Monde) -> dict[str, str]:
    return {"reference": monde.objets["violation"].reference}


def absente(_: Monde) -> dict[str, str]:
    return {"reference": "V-1999-001"}


def formulaire(arguments: object = None) -> Adresse:
    par_methode = {"post": reserve_a_l_exploitant(422)}
    methodes = ("get", "post")
    if arguments is None:
        return Adresse(reserve_a_l_exploitant(), methodes=methodes, par_methode=par_methode)
    return Adresse(
        reserve_a_l_exploitant(), la_violation, absente, methodes=methodes, par_methode=par_methode
    )


ADRESSES = {
    "violations:liste": Adresse(reserve_a_l_exploitant()),
    "violations:registre": Adresse(reserve_a_l_exploitant()),
    "violations:declarer": formulaire(),
    "violations:violation": Adresse(reserve_a_l_exploitant(), la_violation, absente),
    "violations:fiche": Adresse(reserve_a_l_exploitant(), la_violation, absente),
    **{f"violations:{nom}": formulaire(la_violation) for nom in GESTES},
    "violations:chez_nous": Adresse(
        reserve_aux_agents(),
        lambda monde: {"siret": monde.bomy.siret},
        lambda _: {"siret": "21620999900011"},
    ),
}

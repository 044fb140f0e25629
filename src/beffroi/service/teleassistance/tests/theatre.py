"""Une personne qui montre, un technicien qui regarde : de quoi partager."""

from datetime import datetime
from typing import Any

from beffroi.centre.interventions.tests.theatre import agent, centre, en_service
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.teleassistance import codes
from beffroi.service.teleassistance.models import AccordEnAttente, Partage
from beffroi.service.teleassistance.services import partages


def samir() -> Utilisateur:
    return agent(centre(), "Samir Technicien", "technicien")


def martine() -> Utilisateur:
    return en_service().habilitations.get().utilisateur


def consentir(
    personne: Utilisateur | None = None, *, le: datetime = LUNDI, **avec: Any
) -> AccordEnAttente:
    reste = {"demande": None, "precedent": None, **avec}
    return partages.consentir(personne=personne, maintenant=le, **reste)


def rejoindre(accord: AccordEnAttente, par: Utilisateur, *, le: datetime = LUNDI) -> Partage:
    rejoint = partages.rejoindre(code=codes.code_de(accord.reference), par=par, maintenant=le)
    assert rejoint is not None
    return rejoint

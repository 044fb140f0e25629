"""La procédure des archives, et l'archive que son organisme emporte."""

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.restitution import services
from beffroi.socle.fondations.stockage import stockage


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture
def conclu(procedure_a_archiver):
    return procedure_a_archiver


@pytest.fixture
def demandee(restitution_demandee):
    return restitution_demandee


@pytest.fixture
def etablie(restitution_etablie):
    return restitution_etablie


@pytest.fixture
def octets_de(conclu):
    """L'archive, redemandée : ce qui est arrivé depuis y est."""

    def ecrite() -> bytes:
        organisme = conclu.consultation.organisme
        faite = services.etablir(
            services.demander(organisme=organisme, par=conclu.martine, maintenant=SIGNE_LE)
        )
        with stockage().lire(faite.cle_de_stockage) as flux:
            return flux.read()

    return ecrite

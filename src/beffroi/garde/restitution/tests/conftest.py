"""La procédure conclue des archives, et ce qu'il faut pour en écrire l'archive."""

import io

import pytest

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives.tests.conftest import commune, conclu, deja_conclu  # noqa: F401
from beffroi.garde.restitution import services
from beffroi.garde.restitution.models import Restitution
from beffroi.garde.restitution.services.demandes import etablir_l_archive
from beffroi.seance.ouverture.tests.conftest import coffre_de_test  # noqa: F401
from beffroi.socle.fondations.stockage import stockage
from tests.semis import plante

LE = SIGNE_LE


@pytest.fixture
def demandee(conclu) -> Restitution:  # noqa: F811
    organisme, qui = conclu.consultation.organisme, conclu.martine
    demander = lambda: services.demander(organisme=organisme, par=qui, maintenant=LE)  # noqa: E731
    return plante("restitution demandée", demander, le=LE)


@pytest.fixture
def etablie(demandee) -> Restitution:
    """Par la tâche de l'ouvrier, comme en vrai."""

    def par_l_ouvrier() -> Restitution:
        etablir_l_archive.call(demandee.reference)
        demandee.refresh_from_db()
        return demandee

    return plante("restitution établie", par_l_ouvrier, le=LE)


@pytest.fixture
def octets(etablie) -> bytes:
    with stockage().lire(etablie.cle_de_stockage) as flux:
        return flux.read()


@pytest.fixture
def octets_de(conclu):  # noqa: F811
    """L'archive, redemandée : ce qui est arrivé depuis y est."""

    def ecrite() -> bytes:
        organisme = conclu.consultation.organisme
        faite = services.etablir(
            services.demander(organisme=organisme, par=conclu.martine, maintenant=LE)
        )
        with stockage().lire(faite.cle_de_stockage) as flux:
            return flux.read()

    return ecrite


@pytest.fixture
def archive(octets) -> io.BytesIO:
    return io.BytesIO(octets)

"""Un appel d'offres ouvert par fichier de tests, ses offres déjà ouvertes."""

import copy

import pytest

from beffroi.choix.commissions.tests.offres import ouvrir_les_offres
from beffroi.choix.commissions.tests.scene import reunir
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, une_commune  # noqa: F401
from beffroi.seance.ouverture.tests.factories import LIMITE
from tests.semis import plante


@pytest.fixture(scope="module")
def procedure():
    return "appel_offres_ouvert"


@pytest.fixture(scope="module")
def lots():
    return ()


@pytest.fixture(scope="module")
def commune(django_db_setup, django_db_blocker, procedure, lots):
    """Publiée en procédure adaptée, puis nommée autrement :
    les délais d'un appel d'offres ne sont pas le sujet.
    """
    with une_commune(django_db_blocker, lots=lots) as creee:
        plante(("procédure", procedure), lambda: nommer(creee, procedure), le=LIMITE)
        creee.consultation.refresh_from_db()
        yield creee


def nommer(creee, procedure):
    creee.consultation.type_de_procedure = procedure
    creee.consultation.save(update_fields=["type_de_procedure"])


@pytest.fixture(scope="module")
def reunie(commune):
    return reunir(commune, ouvrir_les_offres(commune))


@pytest.fixture
def seance(reunie, db):
    """La commission, telle que réunie : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(reunie)

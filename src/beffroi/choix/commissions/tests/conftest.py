"""Un appel d'offres ouvert par fichier de tests, ses offres déjà ouvertes."""

import copy

import pytest

from beffroi.choix.commissions.tests.offres import ouvrir_les_offres
from beffroi.choix.commissions.tests.scene import reunir


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture(scope="module")
def reunie(commune_en_appel_d_offres):
    return reunir(commune_en_appel_d_offres, ouvrir_les_offres(commune_en_appel_d_offres))


@pytest.fixture
def seance(reunie, db):
    """La commission, telle que réunie : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(reunie)

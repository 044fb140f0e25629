"""Un accord-cadre à deux titulaires, qui reste à signer, et les offres d'où il vient."""

import pytest


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture
def ouvert(offres_de_l_accord_cadre):
    return offres_de_l_accord_cadre


@pytest.fixture
def marche(accord_cadre):
    return accord_cadre

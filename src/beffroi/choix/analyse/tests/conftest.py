"""Une commune par fichier de tests, ses deux réponses déjà ouvertes en séance close."""

import copy

import pytest

from beffroi.choix.analyse.tests.scene import Scene, repondre_et_ouvrir
from beffroi.seance.ouverture.tests.conftest import coffre_de_test, jeton_sans_calcul, une_commune  # noqa: F401


@pytest.fixture(scope="module")
def commune_ouverte(django_db_setup, django_db_blocker):
    with une_commune(django_db_blocker) as commune:
        yield repondre_et_ouvrir(commune)


@pytest.fixture
def scene(commune_ouverte, db) -> Scene:
    """L'analyse, telle qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(commune_ouverte)

"""Une commune par fichier de tests, ses deux réponses déjà ouvertes en séance close."""

import copy

import pytest

from beffroi.choix.analyse.tests.scene import Scene, repondre_et_ouvrir


@pytest.fixture(scope="module")
def commune_ouverte(une_commune):
    return repondre_et_ouvrir(une_commune())


@pytest.fixture
def scene(commune_ouverte, coffre_de_test, db) -> Scene:
    """L'analyse, telle qu'à l'ouverture : ce qu'un test y ajoute s'efface avec lui."""
    return copy.deepcopy(commune_ouverte)

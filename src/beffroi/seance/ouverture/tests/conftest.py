"""La commune de la séance, et un coffre neuf par test."""

import pytest


@pytest.fixture(autouse=True)
def _coffre_neuf(coffre_de_test):
    """À chaque test le sien, même à ceux qui plantent une autre scène."""


@pytest.fixture
def scene(scene_de_seance):
    return scene_de_seance

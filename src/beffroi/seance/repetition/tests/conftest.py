"""La commune de la séance, qui se répète avant de s'ouvrir."""

import pytest


@pytest.fixture
def scene(scene_de_seance):
    return scene_de_seance

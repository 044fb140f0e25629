"""La commune de la séance."""

import pytest


@pytest.fixture
def scene(scene_de_seance):
    return scene_de_seance

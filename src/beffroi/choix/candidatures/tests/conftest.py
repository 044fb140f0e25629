"""La commune de la séance : ses candidatures s'y ouvrent."""

import pytest


@pytest.fixture
def scene(scene_de_seance):
    return scene_de_seance

"""La scène commune, plantée maintenant : les pages lisent l'horloge du serveur."""

import pytest

from beffroi.achat.consultations.tests.scene import Scene, planter_la_scene
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def scene(db) -> Scene:
    return planter_la_scene(le=maintenant())

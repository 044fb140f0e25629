import pytest

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def scene(db, settings, tmp_path):
    settings.DONNEES = tmp_path
    return planter_la_scene(le=maintenant())


@pytest.fixture
def consultation(scene):
    return scene.publiee()

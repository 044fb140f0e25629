import pytest

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.socle.fondations.horloge import maintenant


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())

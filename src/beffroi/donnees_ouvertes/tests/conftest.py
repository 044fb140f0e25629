import pytest

from beffroi.consultations.tests.scene import planter_la_scene
from beffroi.socle.horloge import maintenant


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())

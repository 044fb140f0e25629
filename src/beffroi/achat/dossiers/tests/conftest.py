import pytest


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat

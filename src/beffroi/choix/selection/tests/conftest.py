"""Un appel d'offres restreint par fichier de tests, ses candidatures déjà ouvertes."""

import pytest

from tests.semis import semee


@pytest.fixture
def scene(scene_en_deux_temps):
    return scene_en_deux_temps


@pytest.fixture
@semee
def ouvert(restreint):
    """Sophie et Zoé ont offert, et leurs offres sont ouvertes."""
    restreint.decider()
    tour = restreint.inviter()
    restreint.offrir(restreint.invitation(tour, 0))
    restreint.offrir(restreint.invitation(tour, 1), qui="zoe")
    restreint.ouvrir_les_offres()
    return restreint

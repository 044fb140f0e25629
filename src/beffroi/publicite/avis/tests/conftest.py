"""Martine, connectée, devant un achat préparé dont l'avis reste à écrire."""

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.avis.tests import achats


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def martine(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(scene):
    achats.donner_les_coordonnees(scene)
    return achats.preparer(scene)

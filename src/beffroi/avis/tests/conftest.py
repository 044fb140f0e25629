"""Martine, connectée, devant un achat préparé dont l'avis reste à écrire."""

import pytest
from django.test import Client

from beffroi.avis.tests import achats
from beffroi.comptes.tests.personnes import connecter
from beffroi.consultations.tests.scene import planter_la_scene
from beffroi.socle.horloge import maintenant


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())


@pytest.fixture
def martine(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def consultation(scene):
    achats.donner_les_coordonnees(scene)
    return achats.preparer(scene)

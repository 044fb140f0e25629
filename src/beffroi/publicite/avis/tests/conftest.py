"""Martine, connectée, devant un achat préparé dont l'avis reste à écrire."""

import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.avis.tests import achats
from beffroi.socle.fondations.horloge import maintenant


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

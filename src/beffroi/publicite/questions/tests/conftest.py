import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.publicite.questions.tests.gestes import AUTRE_SIRET, membre


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def consultation(consultation_publiee):
    return consultation_publiee


@pytest.fixture
def sophie(scene):
    return membre(le=scene.le)


@pytest.fixture
def nadia(scene):
    return membre("Nadia Fauquet", AUTRE_SIRET, "Zingueurs de la Lys", le=scene.le)


@pytest.fixture
def acheteur(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def entreprise(sophie):
    return connecter(Client(), sophie.utilisateur)

import pytest
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def consultation(consultation_publiee):
    return consultation_publiee


@pytest.fixture
def sophie(sophie_nommee):
    return sophie_nommee


@pytest.fixture
def nadia(nadia_nommee):
    return nadia_nommee


@pytest.fixture
def acheteur(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def entreprise(sophie):
    return connecter(Client(), sophie.utilisateur)

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import agent
from beffroi.achat.relectures.tests.gestes import joindre
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.journal.acteurs import PLATEFORME


@pytest.fixture
def scene(scene_d_achat):
    return scene_d_achat


@pytest.fixture
def juriste(scene):
    centre = creer_organisme(
        nom="Centre de gestion",
        siret="28620001500012",
        role=Organisme.Role.EXPLOITANT,
        par=PLATEFORME,
        maintenant=scene.le,
    )
    return agent("Claire Dubois", centre, roles=("juriste",), le=scene.le)


@pytest.fixture
def martine(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def claire(juriste):
    return connecter(Client(), juriste)


@pytest.fixture
def consultation(martine, scene):
    """Une consultation préparée par ses questions, avec un règlement en DOCX."""
    saisie = {
        "titre": "Toiture de l'école",
        "objet": "Ardoise.",
        "prestation": "travaux",
        "lieu": "Bomy",
    }
    martine.post("/consultations/nouvelle/", saisie)
    creee = Consultation.toutes.get(titre="Toiture de l'école")
    joindre(creee, scene, "Les offres arrivent avant le 15 décembre 2026 à 16 h.")
    return creee

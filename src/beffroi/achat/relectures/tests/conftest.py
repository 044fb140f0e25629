import io

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation, PieceDce
from beffroi.achat.consultations.services import ajouter_piece
from beffroi.achat.consultations.tests.scene import agent, planter_la_scene
from beffroi.achat.relectures.tests.reglements import docx
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.services import creer_organisme
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME


@pytest.fixture
def scene(db):
    return planter_la_scene(le=maintenant())


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


def joindre(consultation, scene, *paragraphes):
    return ajouter_piece(
        consultation=consultation,
        sorte=PieceDce.Sorte.RC,
        intitule="",
        nom="reglement.docx",
        flux=io.BytesIO(docx(*paragraphes)),
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

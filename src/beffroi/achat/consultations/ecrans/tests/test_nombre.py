"""Cinq fois plus de personnes, de documents, de pièces et de lots :
les pages d'un achat ne lisent pas plus.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beffroi.achat.consultations import services
from beffroi.achat.consultations.tests.scene import agent
from beffroi.personnes.comptes.tests.personnes import connecter

PEU, BEAUCOUP = 2, 10
AU_PLUS = 25
DU_BROUILLON = (
    "preparer",
    "preparer_documents",
    "preparer_pieces",
    "preparer_membres",
    "preparer_verifier",
    "cles",
)


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


@pytest.fixture
def equipe(scene):
    return [agent(f"Agent{n} Caron", scene.organisme, le=scene.le) for n in range(BEAUCOUP)]


def garni(scene, equipe, nombre):
    """Un brouillon prêt, avec autant de lots, de pièces, de documents et de personnes."""
    consultation = scene.brouillon(f"Un achat à {nombre}")
    qui = {"par": scene.martine.acteur, "maintenant": scene.le}
    lots = services.definir_les_lots(
        consultation=consultation, intitules=[f"Lot {n}" for n in range(nombre)], **qui
    )
    for lot in lots:
        services.attendre_piece(
            consultation=consultation, enveloppe="offre", intitule=f"Mémoire {lot}", lot=lot, **qui
        )
        scene.joindre(consultation, nom=f"annexe-{lot.numero}.pdf")
    services.attendre_piece(
        consultation=consultation, enveloppe="candidature", intitule="Références", **qui
    )
    return scene.completer(consultation, avec=equipe[:nombre])


def lues(client, page, consultation):
    adresse = reverse(f"consultations:{page}", args=(consultation.reference,))
    client.get(adresse)
    with CaptureQueriesContext(connection) as comptees:
        assert client.get(adresse).status_code == 200
    return len(comptees)


@pytest.mark.parametrize("page", DU_BROUILLON)
def test_preparer_ne_lit_pas_plus(scene, client, equipe, page):
    peu = lues(client, page, garni(scene, equipe, PEU))
    beaucoup = lues(client, page, garni(scene, equipe, BEAUCOUP))

    assert peu == beaucoup <= AU_PLUS


@pytest.mark.parametrize("page", ["suivre", "fiche"])
def test_publiee_une_page_ne_lit_pas_plus(scene, client, equipe, page):
    peu = lues(client, page, scene.publier(garni(scene, equipe, PEU)))
    beaucoup = lues(client, page, scene.publier(garni(scene, equipe, BEAUCOUP)))

    assert peu == beaucoup <= AU_PLUS

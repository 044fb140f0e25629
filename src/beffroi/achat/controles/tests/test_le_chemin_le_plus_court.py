"""Au bout du chemin le plus court,
le règlement que l'outil écrit n'a aucun trou, et rien n'empêche de publier.
"""

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.publication import BLOQUANT
from beffroi.achat.consultations.services import retirer_piece
from beffroi.achat.controles.avant_publication import ecarts_avant_publication
from beffroi.achat.preparation.tests.test_chemin_le_plus_court import acheteuse, parcourir
from beffroi.achat.relectures.lecture import reglement_de
from beffroi.socle.fondations.stockage import stockage


@pytest.fixture
def client(scene):
    return acheteuse(scene)


@pytest.fixture
def ecrite(client):
    """Les sept écrans parcourus, puis les documents écrits et mis au dossier."""
    parcourir(client)
    consultation = Consultation.toutes.get()
    client.post(f"/consultations/{consultation.reference}/preparer/rediger/")
    return consultation


def bloquants(consultation, scene):
    return [
        ecart.texte
        for ecart in ecarts_avant_publication(consultation, le=scene.le)
        if ecart.gravite == BLOQUANT
    ]


def test_le_reglement_ecrit_n_a_aucun_trou(ecrite):
    paragraphes = reglement_de(ecrite).texte.paragraphes
    lu = " ".join(paragraphe.texte for paragraphe in paragraphes).replace("’", "'")

    assert "À compléter" not in lu and "Projet." not in lu
    assert "Les variantes sont interdites." in lu
    assert "aux heures d'ouverture de l'accueil" in lu


def test_le_reglement_ecrit_n_empeche_pas_de_publier(ecrite, scene):
    assert bloquants(ecrite, scene) == []


@pytest.mark.article("CCP", "R. 2132-1")
def test_le_reglement_ecrit_revient_sous_un_autre_nom_sans_blocage(ecrite, scene):
    ecrit = ecrite.pieces.get(sorte="rc")
    with stockage().lire(ecrit.cle_de_stockage) as flux:
        octets = flux.read()
    retirer_piece(piece=ecrit, par=scene.martine.acteur, maintenant=scene.le)
    scene.joindre(ecrite, "RC-toiture-de-l-ecole.pdf", octets)

    assert reglement_de(ecrite).document.nom == "RC-toiture-de-l-ecole.pdf"
    assert bloquants(ecrite, scene) == []

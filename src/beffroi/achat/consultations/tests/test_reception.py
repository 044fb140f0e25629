"""Un envoi n'emplit pas le disque, et le refus dit encore la limite."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations.ecrans.views import brouillon
from beffroi.achat.consultations.rules import documents
from beffroi.personnes.comptes.tests.personnes import connecter

LIMITE = 100_000


@pytest.fixture
def petite_limite(monkeypatch):
    """Cent mille octets au plus : le même chemin que deux gigaoctets, sans les envoyer."""
    monkeypatch.setattr(documents, "OCTETS_MAXIMUM_D_UN_DOCUMENT", LIMITE)
    monkeypatch.setattr(brouillon.documents.envoi_attendu, "limite", LIMITE)


def gros(nom="plans.zip"):
    return SimpleUploadedFile(nom, b"x" * 3_000_000)


def test_un_document_trop_gros_se_refuse_d_une_phrase(scene, petite_limite):
    consultation = scene.brouillon()
    adresse = f"/consultations/{consultation.reference}/preparer/documents/"

    page = connecter(Client(), scene.martine).post(adresse, {"sorte": "rc", "fichier": gros()})

    assert "dépasse 2\N{NO-BREAK SPACE}Go" in page.content.decode().replace(
        "&nbsp;", "\N{NO-BREAK SPACE}"
    )
    assert not consultation.pieces.exists()

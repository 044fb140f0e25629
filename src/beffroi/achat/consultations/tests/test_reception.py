"""Un envoi n'emplit pas le disque, et le refus dit encore la limite."""

import pytest
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations import reception
from beffroi.achat.consultations.rules import documents
from beffroi.personnes.comptes.tests.personnes import connecter

LIMITE, BLOC = 100_000, 64 * 1024


@pytest.fixture
def petite_limite(monkeypatch):
    """Cent mille octets au plus : le même chemin que deux gigaoctets, sans les envoyer."""
    for module in (reception, documents):
        monkeypatch.setattr(module, "OCTETS_MAXIMUM_D_UN_DOCUMENT", LIMITE)


def gros(nom="plans.zip"):
    return SimpleUploadedFile(nom, b"x" * 3_000_000)


def test_un_envoi_trop_gros_s_arrete_juste_apres_la_limite(rf, petite_limite):
    garde = rf.post("/", {"fichier": gros()}).FILES["fichier"]

    assert LIMITE < garde.size <= LIMITE + 2 * BLOC


def test_un_envoi_n_a_que_trois_fichiers(rf):
    with pytest.raises(TooManyFilesSent):
        rf.post("/", {f"fichier_{rang}": SimpleUploadedFile("a", b"a") for rang in range(4)}).FILES  # noqa: B018


def test_un_document_trop_gros_se_refuse_d_une_phrase(scene, petite_limite):
    consultation = scene.brouillon()
    adresse = f"/consultations/{consultation.reference}/preparer/documents/"

    page = connecter(Client(), scene.martine).post(adresse, {"sorte": "rc", "fichier": gros()})

    assert "dépasse 2\N{NO-BREAK SPACE}Go" in page.content.decode().replace(
        "&nbsp;", "\N{NO-BREAK SPACE}"
    )
    assert not consultation.pieces.exists()

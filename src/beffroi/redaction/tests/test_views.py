"""Les documents écrits pour l'acheteur : les lire, voir ce qui manque, les mettre au dossier, les récrire."""

import pytest
from django.test import Client

from beffroi.comptes.tests.personnes import connecter
from beffroi.consultations.models import Consultation
from beffroi.consultations.tests.scene import planter_la_scene
from beffroi.redaction import services
from beffroi.socle.horloge import maintenant


@pytest.fixture
def client(db):
    return connecter(Client(), planter_la_scene(le=maintenant()).martine)


@pytest.fixture
def consultation(client):
    saisie = {"titre": "Toiture de l'école", "objet": "Ardoise.", "prestation": "travaux", "lieu": "Bomy"}
    client.post("/consultations/nouvelle/", saisie)
    return Consultation.toutes.get()


def adresse(consultation, suite=""):
    return f"/consultations/{consultation.reference}/preparer/rediger/{suite}"


def test_la_page_dit_ce_qui_manque_et_mene_a_la_question(client, consultation):
    page = client.get(adresse(consultation)).content.decode()

    assert "Il manque encore des réponses" in page
    assert f"/consultations/{consultation.reference}/preparer/criteres/" in page


@pytest.mark.parametrize(("fichier", "debut"), [("reglement.pdf", b"%PDF"), ("acte-d-engagement.odt", b"PK")])
def test_un_document_se_lit_avant_d_etre_garde(client, consultation, fichier, debut):
    reponse = client.get(adresse(consultation, fichier))

    assert b"".join(reponse.streaming_content).startswith(debut)
    assert not consultation.pieces.exists()


def test_un_document_inconnu_est_introuvable(client, consultation):
    assert client.get(adresse(consultation, "rapport.pdf")).status_code == 404


def test_les_documents_entrent_au_dossier_et_se_recrivent_sans_doublon(client, consultation):
    for _ in range(2):
        client.post(adresse(consultation))

    noms = sorted(piece.nom for piece in consultation.pieces.all())
    assert noms == [
        "acte-d-engagement.odt",
        "declaration-du-candidat.odt",
        "lettre-de-candidature.odt",
        "pieces-a-deposer.pdf",
        "reglement.pdf",
    ]
    assert consultation.pieces.get(sorte="rc").nom == "reglement.pdf"


@pytest.mark.article("CCP", "R. 2132-1")
def test_le_reglement_nomme_les_documents_ecrits_avec_lui_des_la_premiere_fois(client, consultation):
    ecrit = services.achat_a_ecrire(consultation, le=maintenant())
    client.post(adresse(consultation))

    assert {document.nom for document in ecrit.documents} == {piece.nom for piece in consultation.pieces.all()}
    assert services.achat_a_ecrire(consultation, le=maintenant()).documents == ecrit.documents


def test_une_procedure_qui_ne_s_ecrit_pas_ici_le_dit(client, consultation):
    Consultation.toutes.filter(pk=consultation.pk).update(type_de_procedure="partenariat_innovation")

    assert "ne s’écrivent pas encore ici" in client.get(adresse(consultation)).content.decode()
    assert client.post(adresse(consultation)).status_code == 422

"""Les pages de l'acheteur : préparer, publier, suivre, sans jamais rien savoir des réponses."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from beffroi.achat.consultations.tests.scene import agent
from beffroi.personnes.comptes.tests.personnes import a_confirmer, connecter
from formats.dates import PARIS


@pytest.fixture
def client(scene):
    return connecter(Client(), scene.martine)


def test_une_liste_vide_apprend_quelque_chose(client):
    assert (
        "se prépare en sept tâches"
        in client.get("/consultations/mes-consultations/").content.decode()
    )


@pytest.mark.parametrize("page", ["", "documents/", "pieces/", "membres/", "verifier/"])
def test_chaque_tache_a_sa_page(scene, client, page):
    reference = scene.completer(scene.brouillon()).reference

    reponse = client.get(f"/consultations/{reference}/preparer/{page}")

    assert reponse.status_code == 200
    assert reponse.content.decode().count("<h1") == 1


def test_un_document_s_ajoute_et_se_retire(scene, client):
    consultation = scene.brouillon()
    adresse = f"/consultations/{consultation.reference}/preparer/documents/"
    client.post(
        adresse,
        {
            "sorte": "rc",
            "intitule": "",
            "fichier": SimpleUploadedFile("règlement été.pdf", b"%PDF"),
        },
    )
    piece = consultation.pieces.get()

    assert "Nous ne pourrons pas vous le rendre" in a_confirmer(
        client, f"{adresse}{piece.reference}/retirer/"
    )
    assert consultation.pieces.exists()
    client.post(f"{adresse}{piece.reference}/retirer/")

    assert (piece.nom, piece.intitule) == ("règlement été.pdf", "Règlement de la consultation")
    assert not consultation.pieces.exists()


@pytest.mark.parametrize(
    "quoi", ["membres_qui_ouvrent", pytest.param("pieces_attendues", marks=pytest.mark.moteurs)]
)
def test_retirer_une_personne_ou_une_piece_demandee_se_confirme(scene, client, quoi):
    consultation = scene.completer(scene.brouillon())
    client.post(
        f"/consultations/{consultation.reference}/preparer/pieces/",
        {"enveloppe": "offre", "intitule": "BPU"},
    )
    retire, avant = getattr(consultation, quoi).first(), getattr(consultation, quoi).count()
    fin = (
        f"membres/{retire.utilisateur.reference}"
        if quoi == "membres_qui_ouvrent"
        else f"pieces/{retire.reference}"
    )
    adresse = f"/consultations/{consultation.reference}/preparer/{fin}/retirer/"

    assert "de nouveau tant que rien n'est publié" in a_confirmer(client, adresse)
    assert getattr(consultation, quoi).count() == avant
    client.post(adresse)
    assert getattr(consultation, quoi).count() == avant - 1


def test_le_choix_du_nombre_de_cles_garde_mene_a_les_creer(scene, client):
    consultation = scene.brouillon()
    adresse = f"/consultations/{consultation.reference}"

    reponse = client.post(f"{adresse}/preparer/politique/", {"politique": "double"})

    consultation.refresh_from_db()
    assert consultation.politique_de_cles == "double"
    assert reponse["Location"] == f"{adresse}/cles/"


def test_la_page_des_cles_dit_ce_qui_manque(scene, client):
    page = client.get(f"/consultations/{scene.brouillon().reference}/cles/").content.decode()

    assert "Ce qui manque encore" in page
    assert "Créer les clés" not in page


def test_la_verification_montre_ce_qui_bloque_et_ou_le_corriger(scene, client):
    reference = scene.brouillon().reference

    page = client.get(f"/consultations/{reference}/preparer/verifier/").content.decode()

    assert "Les clés de scellement ne sont pas créées" in page
    assert f"/consultations/{reference}/preparer/documents/" in page
    assert "Aller à la publication" not in page


def test_publier_est_un_acte_sur_sa_propre_page(scene, client):
    reference = scene.completer(scene.brouillon()).reference

    page = client.get(f"/consultations/{reference}/preparer/publier/").content.decode()
    reponse = client.post(f"/consultations/{reference}/preparer/publier/", follow=True)

    assert "bouton-acte" in page
    assert "La consultation est publiée" in reponse.content.decode()


def test_incomplete_la_page_de_publication_ramene_a_la_verification(scene, client):
    reference = scene.brouillon().reference

    reponse = client.get(f"/consultations/{reference}/preparer/publier/")

    assert reponse["Location"] == f"/consultations/{reference}/preparer/verifier/"


def test_le_suivi_ne_dit_rien_des_reponses(scene, client):
    page = client.get(f"/consultations/{scene.publiee().reference}/suivre/").content.decode()

    assert "personne n’en connaît ni le nombre ni les auteurs" in page
    assert "Prolonger le délai" in page


def test_prolonger_passe_par_le_formulaire(scene, client):
    consultation = scene.publiee()
    donnees = {
        "jour_limite": (scene.limite.astimezone(PARIS) + timedelta(days=7)).strftime("%Y-%m-%d"),
        "heure_limite": "14:00",
        "motif": "Visite ajoutée.",
    }

    client.post(f"/consultations/{consultation.reference}/suivre/prolonger/", donnees)

    consultation.refresh_from_db()
    assert consultation.date_limite_remise > scene.limite


def test_declarer_sans_suite_se_confirme(scene, client):
    consultation = scene.publiee()
    adresse = f"/consultations/{consultation.reference}/suivre/sans-suite/"

    page = client.post(adresse, {"motif": "Le besoin a disparu."}).content.decode()
    consultation.refresh_from_db()
    avant = consultation.etat
    client.post(adresse, {"motif": "Le besoin a disparu.", "confirme": "oui"})
    consultation.refresh_from_db()

    assert "Cet acte ne se défait pas" in page
    assert (avant, consultation.etat) == ("publiee", "sans_suite")


def test_un_lecteur_voit_et_n_agit_pas(scene):
    consultation = scene.brouillon()
    yvette = agent("Yvette Cordier", scene.organisme, le=scene.le, roles=["lecteur"], cle=False)
    client = connecter(Client(), yvette)

    assert client.get(f"/consultations/{consultation.reference}/preparer/").status_code == 200
    assert client.get(f"/consultations/{consultation.reference}/preparer/lots/").status_code == 403


def test_la_ceremonie_refuse_des_parts_abimees_en_une_phrase(scene, client):
    consultation = scene.brouillon()

    reponse = client.post(
        f"/consultations/{consultation.reference}/cles/",
        {"candidature": {"destinataire": "age1pq1", "membres": [], "gardiens": []}, "offre": {}},
        content_type="application/json",
    )

    assert reponse.status_code == 422
    assert reponse.json()["message"]

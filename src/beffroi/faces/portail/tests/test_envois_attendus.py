"""Un fichier n'entre que là où une page l'attend, après la connexion."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from beffroi.personnes.comptes.tests.personnes import connecter, personne
from beffroi.socle.guichet import envois

pytestmark = pytest.mark.django_db


@pytest.fixture
def posees(monkeypatch):
    """Les fichiers qu'un envoi pose sur le disque, le temps de le lire."""
    vus = []

    class Pose(TemporaryUploadedFile):
        def __init__(self, nom, *reste):
            vus.append(nom)
            super().__init__(nom, *reste)

    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", Pose)
    return vus


def gros(nom="plan.pdf", octets=3_000_000):
    return SimpleUploadedFile(nom, b"x" * octets)


def test_une_page_qui_n_attend_pas_de_fichier_le_refuse_avant_ses_octets(posees):
    reponse = Client().post("/contact/ecrire/", {"texte": "Bonjour", "fichier": gros()})

    assert reponse.status_code == 413
    assert "ne reçoit pas de fichier" in reponse.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert posees == []


def test_un_envoi_trop_long_se_refuse_sans_etre_lu(posees):
    reponse = Client().post("/contact/ecrire/", {"fichier": gros(octets=11_000_000)})

    assert reponse.status_code == 413 and "trop long" in reponse.content.decode()
    assert posees == []


def test_sans_fichier_le_meme_formulaire_se_lit():
    """Un script envoie parfois ses champs en plusieurs parties."""
    reponse = Client().post("/contact/ecrire/", {"texte": "Bonjour"})

    assert reponse.status_code == 422 and "Bonjour" in reponse.content.decode()


def test_ou_un_fichier_est_attendu_il_se_lit_dans_sa_limite(rf, posees):
    request = rf.post("/", {"fichier": gros()})
    envois.recevoir_comme(envois.borne_a(1_000_000), request)

    assert 1_000_000 < request.FILES["fichier"].size < 1_200_000
    assert posees == ["plan.pdf"]


def test_la_connexion_se_regarde_avant_les_octets(posees):
    """La page attend un document de deux gigaoctets ; un inconnu n'y pose rien."""
    adresse = reverse("dossiers:changer", args=("2026-0001",))
    reponse = Client(enforce_csrf_checks=True).post(adresse, {"fichier": gros()})

    assert (reponse.status_code, posees) == (302, [])
    assert "/compte/connexion/" in reponse.url


def test_la_garde_csrf_tient_toujours():
    connue = connecter(Client(enforce_csrf_checks=True), personne())

    assert connue.post("/mes-reponses/").status_code in {403, 405}
    assert connue.post("/compte/deconnexion/").status_code == 403


def vues(motifs, prefixe=""):
    for motif in motifs:
        if isinstance(motif, URLResolver):
            suite = f"{prefixe}{motif.namespace}:" if motif.namespace else prefixe
            yield from vues(motif.url_patterns, suite)
        elif isinstance(motif, URLPattern):
            yield f"{prefixe}{motif.name}", motif.callback


def test_sans_compte_rien_ne_depasse_dix_megaoctets_par_fichier():
    """Ce qu'une page ouverte à tous reçoit : des pièces, par un lien signé."""
    ouvertes = {
        nom: vue.envoi_attendu
        for nom, vue in vues(get_resolver().url_patterns)
        if hasattr(vue, "envoi_attendu") and not getattr(vue, "login_required", True)
    }

    assert ouvertes.keys() == {"questions:sans_compte", "questions:poser", "apports:dossier"}
    assert all(borne is envois.EnvoiBorne for borne in ouvertes.values())


def test_une_page_dit_sa_limite_a_travers_ses_decorateurs():
    attendent = {
        nom for nom, vue in vues(get_resolver().url_patterns) if hasattr(vue, "envoi_attendu")
    }

    assert len(attendent) > 25
    assert attendent >= {"dossiers:changer", "dossiers:remplacer", "copies_de_sauvegarde:ouvrir"}

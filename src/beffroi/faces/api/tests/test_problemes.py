"""Sous `/api/`, toute erreur est un problème, quelle que soit la couche qui a refusé : la garde du
nom d'hôte, un intergiciel avant celui de l'API, l'adresse, une panne. Ailleurs, c'est une page.
"""

import json
import uuid

import pytest
from allauth.core.ratelimit import respond_429
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import Client

from beffroi.faces.api.problemes import TYPE_DE_CONTENU

pytestmark = pytest.mark.django_db

LECTURE = "/api/v1/consultations"
REFUS = {
    DisallowedHost: 400,
    PermissionDenied: 403,
    Http404: 404,
    ZeroDivisionError: 500,
    OperationalError: 503,
    InterfaceError: 503,
}


def un_probleme(reponse, statut):
    if (reponse.status_code, reponse["Content-Type"]) != (statut, TYPE_DE_CONTENU):
        return False
    dit = json.loads(reponse.content)
    return dit["status"] == statut and bool(dit["detail"])


def refuse_par(exception):
    """Un intergiciel qui refuse, ou tombe, avant d'appeler les suivants."""

    def intergiciel(suite):
        def lever(request):
            raise exception

        return lever

    return intergiciel


@pytest.fixture
def recevoir(settings, monkeypatch):
    """La réponse à qui demande une adresse, quand la couche de ce rang lève l'exception."""
    couches = settings.MIDDLEWARE

    def demander(adresse, rang, exception, methode="get"):
        monkeypatch.setattr(f"{__name__}.en_faute", refuse_par(exception), raising=False)
        settings.MIDDLEWARE = [*couches[:rang], f"{__name__}.en_faute"]
        return getattr(Client(raise_request_exception=False), methode)(adresse)

    return demander


@pytest.mark.parametrize("hote", ["", "inconnu.example", "a b", "[::1", "localhost:port"])
def test_un_nom_d_hote_vide_ou_inconnu_se_refuse_par_un_probleme(client, hote):
    adresses = [LECTURE, "/api/", "/api/rien", "/api/v1/reponses/R-1/depot"]

    reponses = [client.post(adresse, headers={"host": hote}) for adresse in adresses]

    assert all(un_probleme(reponse, 400) for reponse in reponses)


def test_un_probleme_nomme_la_demande_comme_l_entete(client):
    reponse = client.get("/api/rien")

    assert json.loads(reponse.content)["instance"] == uuid.UUID(reponse["X-Request-ID"]).urn


def test_de_la_premiere_couche_a_la_derniere_un_refus_est_un_probleme(recevoir, settings):
    fautes = [
        f"couche {rang}, {exception.__name__} : {reponse.status_code} {reponse['Content-Type']}"
        for rang in range(len(settings.MIDDLEWARE) + 1)
        for exception, statut in REFUS.items()
        if not un_probleme(reponse := recevoir(LECTURE, rang, exception), statut)
    ]

    assert not fautes, "\n".join(fautes)


@pytest.mark.parametrize("exception", REFUS)
def test_hors_de_l_api_le_meme_refus_est_une_page(recevoir, exception):
    reponse = recevoir("/consultations/", 0, exception)

    assert reponse.status_code == REFUS[exception]
    assert "Que faire maintenant" in reponse.content.decode()


def test_une_demande_de_trop_se_dit_a_qui_la_fait(rf):
    assert un_probleme(respond_429(rf.get(LECTURE)), 429)
    assert "Que faire maintenant" in respond_429(rf.get("/compte/connexion/")).content.decode()


@pytest.mark.parametrize("adresse", [LECTURE, "/consultations/"])
def test_une_base_arretee_dit_quand_revenir(recevoir, adresse):
    assert recevoir(adresse, 0, OperationalError)["Retry-After"] == "5"


def test_une_base_arretee_donne_le_nom_de_la_demande_au_logiciel_comme_a_la_personne(recevoir):
    probleme, page = (recevoir(ou, 1, OperationalError) for ou in (LECTURE, "/consultations/"))
    nom = uuid.UUID(page["X-Request-ID"]).hex[-8:].upper()

    assert (probleme.status_code, page.status_code) == (503, 503)
    assert json.loads(probleme.content)["instance"] == uuid.UUID(probleme["X-Request-ID"]).urn
    assert f"{nom[:4]}-{nom[4:]}" in page.content.decode()


def test_apres_un_envoi_la_page_dit_ce_qu_elle_ne_sait_pas(recevoir):
    lu, envoye = (
        recevoir("/consultations/", 0, OperationalError, methode).content.decode()
        for methode in ("get", "post")
    )

    phrase = "Nous ne savons pas si votre dernière action a été enregistrée"
    assert phrase in envoye and phrase not in lu

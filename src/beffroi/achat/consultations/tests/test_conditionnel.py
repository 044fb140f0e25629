"""Une page publique se garde et se revérifie ; celle d'une personne connectée n'est qu'à elle."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import Client

from beffroi.achat.consultations import services
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries.presentation import garde_de
from beffroi.achat.consultations.rules.procedures import PROCEDURE_ADAPTEE, RESERVEES
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.guichet.conditionnel import A_PERSONNE_D_AUTRE
from beffroi.socle.guichet.telechargements import DE_TOUS

PAGES = ("", "documents/", "calendrier.ics", "questions/")


@pytest.fixture
def consultation(scene):
    return scene.publiee()


@pytest.fixture
def client(consultation):
    with time_machine.travel(consultation.publiee_le, tick=False):
        yield Client()


def adresse(consultation, page):
    return f"/consultations/{consultation.reference}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_un_visiteur_garde_la_page_et_la_reverifie(consultation, client, page):
    premiere = client.get(adresse(consultation, page))
    seconde = client.get(adresse(consultation, page), headers={"If-None-Match": premiere["ETag"]})

    assert premiere["ETag"].startswith('W/"') and premiere["Cache-Control"] == "no-cache"
    assert (seconde.status_code, seconde.content, seconde["ETag"]) == (304, b"", premiere["ETag"])
    assert seconde["Content-Security-Policy"] == premiere["Content-Security-Policy"]


@pytest.mark.parametrize("page", PAGES)
def test_l_heure_qui_passe_ne_renouvelle_pas_la_page(consultation, client, page):
    with time_machine.travel(
        consultation.date_limite_remise - timedelta(days=4, hours=1, minutes=50), tick=False
    ):
        etiquette = client.get(adresse(consultation, page))["ETag"]
    with time_machine.travel(
        consultation.date_limite_remise - timedelta(days=4, hours=1, minutes=20), tick=False
    ):
        relue = client.get(adresse(consultation, page), headers={"If-None-Match": etiquette})

    assert relue.status_code == 304


@pytest.mark.parametrize(
    ("avant", "apres"),
    [(timedelta(days=4), timedelta(days=3)), (timedelta(hours=9), timedelta(hours=8, minutes=59))],
)
def test_le_decompte_renouvelle_la_page_a_l_heure_puis_a_la_minute_le_dernier_jour(
    consultation, client, avant, apres
):
    with time_machine.travel(consultation.date_limite_remise - avant, tick=False):
        etiquette = client.get(adresse(consultation, ""))["ETag"]
    with time_machine.travel(consultation.date_limite_remise - apres, tick=False):
        relue = client.get(adresse(consultation, ""), headers={"If-None-Match": etiquette})

    assert relue.status_code == 200


@pytest.mark.parametrize("page", ["", "calendrier.ics"])
def test_un_report_renouvelle_la_page_gardee(scene, consultation, client, page):
    etiquette = client.get(adresse(consultation, page))["ETag"]
    services.prolonger_le_delai(
        consultation=consultation,
        nouvelle=consultation.date_limite_remise + timedelta(days=7),
        motif="Le plan manquait.",
        par=scene.martine.acteur,
        maintenant=scene.le,
    )

    assert (
        client.get(adresse(consultation, page), headers={"If-None-Match": etiquette}).status_code
        == 200
    )


@pytest.mark.parametrize("page", ["", "documents/", "questions/"])
def test_la_page_d_une_personne_connectee_n_est_ni_partagee_ni_confondue(
    scene, consultation, client, page
):
    etiquette = client.get(adresse(consultation, page))["ETag"]
    connecter(client, scene.martine)

    lue = client.get(adresse(consultation, page), headers={"If-None-Match": etiquette})

    assert (lue.status_code, lue["Cache-Control"]) == (200, "private, no-store")
    assert "ETag" not in lue and "Cookie" in lue["Vary"]
    assert scene.martine.nom in lue.content.decode()


def test_un_message_en_attente_se_montre_au_lieu_de_la_page_gardee(consultation, client):
    etiquette = client.get(adresse(consultation, ""))["ETag"]
    en_attente = CookieStorage(HttpRequest())
    client.cookies["messages"] = en_attente._encode([Message(SUCCESS, "C'est noté.")])

    lue = client.get(adresse(consultation, ""), headers={"If-None-Match": etiquette})

    assert (lue.status_code, lue["Cache-Control"]) == (200, "private, no-store")
    assert "C’est noté." in lue.content.decode()


@pytest.mark.parametrize("page", ["", "documents/", "questions/"])
def test_la_page_dit_ses_suites_aux_logiciels(consultation, client, page):
    lue = client.get(adresse(consultation, page))

    for suite, sorte in (
        (adresse(consultation, "atom.xml"), "application/atom+xml"),
        (adresse(consultation, "calendrier.ics"), "text/calendar"),
        (f"/api/v1/consultations/{consultation.reference}", "application/json"),
    ):
        assert f'<{suite}>; rel="alternate"; type="{sorte}"' in lue["Link"]
        assert f'rel="alternate" type="{sorte}"' in lue.content.decode()
        assert client.get(suite).status_code == 200


@pytest.mark.parametrize(
    ("procedure", "garde"), [(PROCEDURE_ADAPTEE, DE_TOUS), (RESERVEES[0], A_PERSONNE_D_AUTRE)]
)
def test_ce_que_donne_une_consultation_reservee_ne_se_garde_nulle_part(procedure, garde):
    assert garde_de(Consultation(type_de_procedure=procedure)) == garde

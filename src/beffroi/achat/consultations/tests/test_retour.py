"""Après l'essai de sa clé, la personne revient à la consultation qui le demandait."""

import base64
import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from beffroi.achat.consultations.ouvreurs import retour_apres_essai
from beffroi.achat.consultations.tests.scene import planter_la_scene
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles import services as services_des_cles
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db
LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_l_essai_ramene_a_la_consultation_et_la_page_la_nomme():
    scene = planter_la_scene(le=maintenant())
    consultation = scene.publiee()
    part = cles.part_de(scene.helene, consultation.cle_offre)
    services_des_cles.renouveler_canari(part=part, par=scene.helene.acteur, maintenant=maintenant())
    part.refresh_from_db()
    client, page = connecter(Client(), scene.helene), f"/cles/canari/{part.reference}/"
    clair = base64.b64encode(porteurs.ouvrir(part.canari_scelle, scene.helene)).decode()
    envoi = {
        "fente": cles.fentes_de(part.identite).first().reference,
        "ouverts": [{"reference": part.reference, "clair": clair}],
    }

    avant = client.get(page).content.decode()
    rendu = client.post(page, json.dumps(envoi), content_type="application/json").json()

    suivre = f"/consultations/{consultation.reference}/suivre/"
    assert (suivre in avant, rendu["suite"]) == (True, suivre)
    assert suivre in client.get(page).content.decode()


def test_un_brouillon_ramene_a_ses_cles_et_une_autre_personne_nulle_part():
    scene = planter_la_scene(le=LUNDI)
    brouillon = scene.completer(scene.brouillon())
    gardien = cles.gardiens_en_fonction()[0].utilisateur

    retour = retour_apres_essai(brouillon.cle_offre_id, scene.helene, LUNDI)

    assert retour.adresse == f"/consultations/{brouillon.reference}/cles/"
    assert retour_apres_essai(brouillon.cle_offre_id, gardien, LUNDI) is None

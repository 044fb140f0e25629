"""Les écrans : la bannière partout, la phrase au bon moment, rien de la vraie séance."""

import base64
import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture import capacite
from beffroi.seance.ouverture.tests.factories import LIMITE
from beffroi.seance.repetition import services
from beffroi.seance.repetition.models import Repetition
from demo import repetitions
from demo.cles import CAPACITE
from demo.repetitions import Table

AVANT = LIMITE - timedelta(days=5)
BANNIERE = "Répétition : aucune réponse n'est ouverte"


@pytest.fixture(autouse=True)
def avant_l_heure():
    with time_machine.travel(AVANT, tick=False) as horloge:
        yield horloge


@pytest.fixture
def table(scene):
    return Table(scene.troupe, preside="helene", avec="bernard", le=AVANT)


@pytest.fixture
def entrer(scene):
    return lambda personne: connecter(Client(), personne)


def page(client, adresse: str) -> str:
    """La page, ses espaces insécables et ses apostrophes ramenées à celles du clavier."""
    return " ".join(
        client.get(adresse).content.decode().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()
    )


def test_commencer_mene_a_la_table_et_marque_l_appareil(scene, entrer):
    client = entrer(scene.personne("helene"))
    essai = repetitions.essai(scene.consultation)

    reponse = client.post(
        f"/consultations/{scene.consultation.reference}/repetition/",
        en_json(essai),
        content_type="application/json",
    )

    repetition = Repetition.objects.get()
    assert reponse.json() == {"suite": f"/repetition/{repetition.reference}/"}
    assert reponse.cookies["appareil"]["samesite"] == "Strict"


@pytest.mark.parametrize("manque", ["destinataire", "membres", "enveloppe", "engagement"])
def test_un_envoi_incomplet_ne_commence_rien(scene, entrer, manque):
    envoi = json.loads(en_json(repetitions.essai(scene.consultation)))
    del envoi[manque]

    reponse = entrer(scene.personne("helene")).post(
        f"/consultations/{scene.consultation.reference}/repetition/",
        envoi,
        content_type="application/json",
    )

    assert reponse.status_code == 422
    assert not Repetition.objects.exists()


def test_chaque_ecran_dit_que_c_est_une_repetition(scene, table, entrer):
    helene, bernard, yvette = (
        entrer(scene.personne(qui)) for qui in ("helene", "bernard", "yvette")
    )
    repetition = repetitions.commencer(scene.consultation, table)
    adresse, vues = f"/repetition/{repetition.reference}/", []

    vues += [page(client, adresse) for client in (helene, bernard, yvette)]
    repetitions.tourner(repetition, table)
    vues += [page(client, adresse) for client in (helene, bernard)]
    helene.cookies[capacite.nom(repetition.reference)] = CAPACITE
    helene.post(f"{adresse}enveloppe/")
    vues += [page(client, adresse) for client in (helene, bernard)]
    helene.post(f"{adresse}conclure/", {"phrase": "meme"})
    vues.append(page(helene, adresse))

    assert [BANNIERE in vue for vue in vues] == [True] * 8
    assert [repetitions.PHRASE in vue for vue in vues] == [False] * 5 + [True, True, False]
    assert "La répétition est réussie" in vues[-1]


def test_seule_la_presidence_dit_que_la_phrase_est_la_sienne(scene, table, entrer):
    repetition = repetitions.tourner(repetitions.commencer(scene.consultation, table), table)
    services.lire_l_enveloppe(
        repetition=repetition, capacite=CAPACITE, par=scene.personne("helene"), maintenant=AVANT
    )

    vue = page(entrer(scene.personne("bernard")), f"/repetition/{repetition.reference}/")

    assert "conclure" not in vue
    assert "data-suivre" in vue


def test_l_accueil_apres_l_heure_limite_renvoie_a_la_seance(scene, entrer, avant_l_heure):
    avant_l_heure.move_to(LIMITE + timedelta(hours=1))

    vue = page(
        entrer(scene.personne("helene")),
        f"/consultations/{scene.consultation.reference}/repetition/",
    )

    assert "il n'est plus temps de répéter" in vue
    assert "data-repetition" not in vue


def test_la_page_de_l_acheteur_propose_de_repeter_puis_le_dit(scene, table, entrer):
    client, adresse = (
        entrer(scene.personne("martine")),
        f"/consultations/{scene.consultation.reference}/suivre/",
    )

    avant = page(client, adresse)
    repetitions.repeter(scene.consultation, table)
    apres = page(client, adresse)

    assert f"/consultations/{scene.consultation.reference}/repetition/" in avant
    assert "Répétée le jeudi 7 janvier 2027 par Bernard Lefebvre et Hélène Duriez." in apres


def en_json(essai: services.Essai) -> str:
    membres = [
        {"reference": identite.utilisateur.reference, "contenu": base64.b64encode(part).decode()}
        for identite, part in essai.parts.items()
    ]
    return json.dumps(
        {
            "destinataire": essai.destinataire,
            "membres": membres,
            "enveloppe": base64.b64encode(essai.enveloppe).decode(),
            "engagement": essai.engagement,
        }
    )

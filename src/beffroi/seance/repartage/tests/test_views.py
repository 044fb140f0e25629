"""Les pages d'un repartage : ce que chacun y voit, et ce que le script y envoie."""

import base64
import html
import json
import re

import pytest
from django.test import Client

from beffroi.achat.consultations.tests.scene import agent, planter_la_scene
from beffroi.personnes.cles import queries as cles
from beffroi.personnes.cles.tests import porteurs
from beffroi.personnes.comptes.tests.personnes import a_confirmer, connecter
from beffroi.seance.repartage import services
from beffroi.seance.repartage.models import Repartage
from beffroi.seance.repartage.tests.test_services import refaire
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return planter_la_scene(le=maintenant())


@pytest.fixture
def bernard(scene):
    return agent("Bernard Lefebvre", scene.organisme, le=scene.le, roles=("ouvreur",))


@pytest.fixture
def martine(scene):
    return connecter(Client(), scene.martine)


def adresse(consultation, suite="repartage/"):
    return f"/consultations/{consultation.reference}/cles/{suite}"


def demander(scene, vers, voie="membres"):
    consultation = scene.publiee()
    return services.demander_un_repartage(
        consultation=consultation,
        vers=vers,
        voie=voie,
        par=scene.martine,
        maintenant=scene.le,
        demande="lettre du maire du 12 janvier 2027",
    )


def poster(client, lien, corps):
    return client.post(lien, json.dumps(corps), content_type="application/json")


def en_json(parts):
    def liste(recues, reference):
        return [
            {"reference": reference(porteur), "contenu": base64.b64encode(contenu).decode()}
            for porteur, contenu in recues.items()
        ]

    return {
        sorte: {
            "membres": liste(neuves.membres, lambda identite: identite.utilisateur.reference),
            "gardiens": liste(neuves.gardiens, lambda gardien: gardien.reference),
        }
        for sorte, neuves in parts.items()
    }


def rendre_le_canari(client, consultation, personne):
    """Ce que le navigateur rend quand la personne a vraiment ouvert sa clé."""
    page = client.get(adresse(consultation)).content.decode()
    donnees = json.loads(re.search(r'<script id="donnees"[^>]*>(.*?)</script>', page, re.S)[1])
    return base64.b64encode(porteurs.ouvrir(base64.b64decode(donnees["canari"]), personne)).decode()


def test_la_liste_coche_les_personnes_en_place_et_se_choisit_sans_script(scene, bernard, martine):
    consultation = scene.publiee()

    page = martine.get(adresse(consultation, "changer/")).content.decode()
    choisi = martine.post(
        adresse(consultation, "changer/"),
        {"vers": [scene.martine.reference, bernard.reference], "voie": "membres"},
    )

    assert page.count(" checked") == 3
    assert choisi["Location"] == adresse(consultation)
    assert set(Repartage.objects.get().vers.all()) == {scene.martine, bernard}


def test_sans_personne_cochee_la_page_le_dit(scene, martine):
    page = martine.post(adresse(scene.publiee(), "changer/"), {"voie": "membres"})

    assert page.status_code == 422
    assert "Cochez les personnes" in page.content.decode()


def test_la_page_dit_qui_part_qui_arrive_et_la_limite_du_standard(scene, bernard, martine):
    repartage = demander(scene, [scene.martine, bernard])

    page = martine.get(adresse(repartage.consultation)).content.decode()

    assert "Bernard Lefebvre" in page
    assert "N’en ont plus" in page
    assert "a pu connaître la clé" in page
    assert "Refaire les parts" in page


def test_le_script_envoie_les_parts_neuves(scene, bernard, martine):
    repartage = demander(scene, [scene.martine, bernard])
    offre = repartage.consultation.paires_de_cles["offre"]

    clair = rendre_le_canari(martine, repartage.consultation, scene.martine)

    reponse = poster(
        martine,
        adresse(repartage.consultation, "repartage/achever/"),
        {**en_json(refaire(repartage, scene.martine)), "clair": clair},
    )

    assert reponse.json() == {"suite": f"/consultations/{repartage.consultation.reference}/suivre/"}
    assert [p.identite.utilisateur for p in cles.parts_des_membres(offre)] == [
        bernard,
        scene.martine,
    ]


def test_qui_ne_tient_pas_de_part_attend_et_n_en_recoit_aucune(scene, bernard):
    repartage = demander(scene, [scene.martine, bernard])

    page = connecter(Client(), bernard).get(adresse(repartage.consultation)).content.decode()

    assert "Qui peut le faire" in page
    assert "data-repartage" not in page
    assert 'id="donnees"' not in page


def test_un_gardien_n_entre_que_si_on_le_lui_demande(scene, bernard):
    gardien = cles.gardiens_en_fonction().first().utilisateur
    client = connecter(Client(), gardien)
    repartage = demander(scene, [scene.martine, bernard])
    avant = client.get(adresse(repartage.consultation)).status_code

    repartage.voie, repartage.demande_ecrite = "gardiens", "lettre du maire du 12 janvier 2027"
    repartage.save()
    page = client.get(adresse(repartage.consultation))

    assert (avant, page.status_code) == (404, 200)
    assert "À qui remettez-vous votre part" in page.content.decode()
    assert "lettre du maire" in page.content.decode()
    assert client.post(adresse(repartage.consultation, "repartage/abandonner/")).status_code == 404


def test_demander_aux_gardiens_exige_la_demande_ecrite(scene, bernard, martine):
    consultation = scene.publiee()
    choix = {"vers": [scene.martine.reference, bernard.reference], "voie": "gardiens"}

    sans = martine.post(adresse(consultation, "changer/"), choix)
    avec = martine.post(
        adresse(consultation, "changer/"), choix | {"demande": "lettre du maire, 12 janvier"}
    )

    assert (sans.status_code, avec.status_code) == (422, 302)
    assert "Indiquez la demande écrite" in html.unescape(sans.content.decode())
    assert Repartage.objects.get().demande_ecrite == "lettre du maire, 12 janvier"


def test_un_gardien_remet_sa_part_a_un_autre(scene, bernard):
    repartage = demander(scene, [scene.martine, bernard], voie="gardiens")
    premier, second = [gardien.utilisateur for gardien in cles.gardiens_en_fonction()[:2]]
    parts = {
        sorte: base64.b64encode(
            porteurs.sceller(
                porteurs.ouvrir(cles.part_du_gardien(premier, paire).contenu, premier),
                cles.identite_en_cours(second).destinataire,
            )
        ).decode()
        for sorte, paire in repartage.consultation.paires_de_cles.items()
    }

    client = connecter(Client(), premier)
    clair = rendre_le_canari(client, repartage.consultation, premier)

    reponse = poster(
        client,
        adresse(repartage.consultation, "repartage/remettre/"),
        {"a": second.reference, "parts": parts, "clair": clair},
    )

    assert reponse.status_code == 200
    repartage.refresh_from_db()
    assert (repartage.premiere, repartage.seconde) == (premier, second)
    assert (
        "doit maintenant achever"
        in connecter(Client(), premier).get(adresse(repartage.consultation)).content.decode()
    )


@pytest.mark.parametrize(
    "preuve", [{}, {"clair": ""}, {"clair": base64.b64encode(bytes(32)).decode()}]
)
def test_une_session_volee_ne_remplace_pas_les_parts_des_autres(scene, bernard, martine, preuve):
    repartage = demander(scene, [scene.martine, bernard])
    offre = repartage.consultation.paires_de_cles["offre"]
    avant = {part.pk for part in offre.parts.all()}
    martine.get(adresse(repartage.consultation))

    reponse = poster(
        martine,
        adresse(repartage.consultation, "repartage/achever/"),
        {**en_json(refaire(repartage, scene.martine)), **preuve},
    )

    assert reponse.status_code == 422
    assert {part.pk for part in offre.parts.all()} == avant


def test_abandonner_se_confirme(scene, bernard, martine):
    repartage = demander(scene, [scene.martine, bernard])
    abandonner = adresse(repartage.consultation, "repartage/abandonner/")

    assert "les parts en place restent" in a_confirmer(martine, abandonner)
    assert Repartage.objects.exists()
    martine.post(abandonner)
    assert not Repartage.objects.exists()

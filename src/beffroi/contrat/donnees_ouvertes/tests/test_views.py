"""Ce que la plateforme donne à reprendre : des fichiers justes, stables, sans rien de secret."""

import csv
import io
import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.rules import IMPAYE
from beffroi.personnes.organismes.services import suspendre_les_nouvelles_consultations
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from formats.profils_d_acheteur import COLONNES


@pytest.fixture
def client():
    return Client()


def lu(reponse):
    return b"".join(reponse.streaming_content).decode()


def lignes_du_csv(client):
    texte = lu(client.get("/donnees/consultations.csv")).removeprefix(
        "\N{ZERO WIDTH NO-BREAK SPACE}"
    )
    return list(csv.DictReader(io.StringIO(texte), delimiter=";"))


def test_une_consultation_publiee_est_dans_les_deux_fichiers(scene, client):
    consultation = scene.publiee()

    en_json = json.loads(lu(client.get("/donnees/consultations.json")))

    assert [ligne["reference"] for ligne in en_json] == [consultation.reference]
    assert (
        en_json[0]["adresse"]
        == f"{settings.ADRESSE_PUBLIQUE}/consultations/{consultation.reference}/"
    )
    assert [{cle: str(valeur) for cle, valeur in en_json[0].items()}] == lignes_du_csv(client)


def test_un_brouillon_n_y_est_pas(scene, client):
    scene.brouillon()

    assert json.loads(lu(client.get("/donnees/consultations.json"))) == []
    assert lignes_du_csv(client) == []


def test_la_cloture_est_un_fait_de_dates(scene, client):
    consultation = scene.publiee()

    with time_machine.travel(consultation.limite + timedelta(seconds=1), tick=False):
        assert lignes_du_csv(client)[0]["etat"] == "close"


def test_un_titre_qui_ressemble_a_une_formule_reste_un_texte(scene, client):
    scene.publiee(titre='=HYPERLINK("http://ailleurs.example";"Ouvrir")')

    assert lignes_du_csv(client)[0]["titre"].startswith("'=HYPERLINK")


def test_chaque_siret_d_acheteur_a_son_profil_et_l_exploitant_n_en_a_pas(scene, client):
    texte = client.get("/donnees/profils-d-acheteur.csv").content.decode()

    lignes = list(csv.DictReader(io.StringIO(texte)))

    assert tuple(lignes[0]) == COLONNES
    assert [ligne["siretAcheteur"] for ligne in lignes] == [scene.organisme.siret]
    assert lignes[0]["urlProfilAcheteur"] == f"{settings.ADRESSE_PUBLIQUE}/"
    assert scene.organisme.nom in lignes[0]["coordonnees"]


def test_qui_est_parti_n_a_plus_de_profil_a_declarer_une_fois_ses_consultations_finies(
    scene, client
):
    en_cours = scene.publiee()
    suspendre_les_nouvelles_consultations(
        organisme=scene.organisme,
        motif="La convention est finie.",
        par=PLATEFORME,
        maintenant=maintenant(),
    )

    assert scene.organisme.siret in client.get("/donnees/profils-d-acheteur.csv").content.decode()

    Consultation.toutes.filter(pk=en_cours.pk).update(etat=Consultation.Etat.SANS_SUITE)
    assert (
        scene.organisme.siret not in client.get("/donnees/profils-d-acheteur.csv").content.decode()
    )


def test_un_impaye_n_ote_pas_le_profil(scene, client):
    suspendre_les_nouvelles_consultations(
        organisme=scene.organisme,
        motif="Impayé.",
        cause=IMPAYE,
        par=PLATEFORME,
        maintenant=maintenant(),
    )

    assert scene.organisme.siret in client.get("/donnees/profils-d-acheteur.csv").content.decode()


def test_le_catalogue_mene_a_des_fichiers_qui_repondent(scene, client):
    scene.publiee()
    catalogue = json.loads(client.get("/donnees/catalogue.jsonld").content)

    adresses = [
        distribution["dcat:downloadURL"]["@id"]
        for jeu in catalogue["dcat:dataset"]
        for distribution in jeu["dcat:distribution"]
    ]

    assert len(adresses) == 9
    for adresse in adresses:
        assert client.get(adresse.removeprefix(settings.ADRESSE_PUBLIQUE)).status_code == 200


def test_la_page_mene_a_chaque_fichier_en_un_geste(scene, client):
    page = client.get("/donnees/").content.decode()

    for fichier in (
        "decp.json",
        "decp.xml",
        "marches.csv",
        "marches.ods",
        "marches.json",
        "consultations.csv",
        "consultations.json",
        "profils-d-acheteur.csv",
        "catalogue.jsonld",
    ):
        assert f"/donnees/{fichier}" in page


def test_ces_fichiers_se_lisent_sans_cookie_et_depuis_un_autre_site(scene, client):
    for adresse in (
        "/donnees/consultations.csv",
        "/donnees/consultations.json",
        "/donnees/catalogue.jsonld",
    ):
        reponse = client.get(adresse)
        assert reponse["Access-Control-Allow-Origin"] == "*"
        assert not reponse.cookies


def test_mille_consultations_se_lisent_en_autant_de_requetes_qu_une(
    scene, client, django_assert_num_queries
):
    scene.publiee()
    scene.publiee(titre="Une autre")

    with django_assert_num_queries(2):  # la version, puis les lignes
        assert len(json.loads(lu(client.get("/donnees/consultations.json")))) == 2


FICHIERS = ("/donnees/consultations.csv", "/donnees/consultations.json")


@pytest.mark.parametrize("adresse", FICHIERS)
def test_un_fichier_inchange_ne_se_renvoie_pas(scene, client, adresse, django_assert_num_queries):
    scene.publiee()
    etiquette = client.get(adresse)["ETag"]

    with django_assert_num_queries(1):
        second = client.get(adresse, headers={"If-None-Match": etiquette})
    assert (second.status_code, second["ETag"], second["Access-Control-Allow-Origin"]) == (
        304,
        etiquette,
        "*",
    )


CHANGEMENTS = {
    "titre": lambda scene: Consultation.toutes.update(titre="Toiture et charpente"),
    "acheteur": lambda scene: Organisme.objects.update(nom="Commune nouvelle"),
    "état": lambda scene: Consultation.toutes.update(etat="sans_suite"),
    "publication": lambda scene: scene.publiee(titre="Une autre"),
}


@pytest.mark.parametrize("adresse", FICHIERS)
@pytest.mark.parametrize("changer", CHANGEMENTS.values(), ids=CHANGEMENTS)
def test_un_fichier_qui_change_se_renvoie(scene, client, adresse, changer):
    scene.publiee()
    avant = client.get(adresse)["ETag"]
    changer(scene)

    assert client.get(adresse, headers={"If-None-Match": avant}).status_code == 200


@pytest.mark.parametrize("adresse", FICHIERS)
def test_l_heure_limite_passee_le_fichier_se_renvoie(scene, client, adresse):
    consultation = scene.publiee()
    avant = client.get(adresse)["ETag"]

    with time_machine.travel(consultation.limite + timedelta(seconds=1), tick=False):
        assert client.get(adresse, headers={"If-None-Match": avant}).status_code == 200


def test_le_catalogue_demande_deux_fois_a_les_memes_octets(scene, client):
    premier = client.get("/donnees/catalogue.jsonld").content

    assert client.get("/donnees/catalogue.jsonld").content == premier

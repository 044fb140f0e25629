"""Aucune donnée ne sort sans être dite : chaque réglage qui nomme un serveur, chaque module qui ouvre une liaison (REQ-134)."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from beffroi.comptes.tests.personnes import connecter
from beffroi.conformite.destinations import SORTES, destinations
from beffroi.conformite.rules.localisation import UNION, Attestation, attestation, hote_de, serveurs
from beffroi.interventions.tests.theatre import agent, centre
from config.env import VARIABLES

SOURCES = Path(__file__).parents[3]
NOMME_UN_SERVEUR = re.compile(r"adresse|serveur|hôte|service d|horloges|témoins|clamd", re.IGNORECASE)
# Elles en parlent, et n'y mènent pas.
SANS_LIAISON = {
    "BEFFROI_ARCHIVAGE_JETON": "un jeton", "BEFFROI_AVIS_JETON": "un jeton", "BEFFROI_ARCHIVAGE_DOSSIER": "un dossier",
    "BEFFROI_ARCHIVAGE_REPONSES": "un dossier", "BEFFROI_CODE_SOURCE": "un lien", "BEFFROI_HOTES": "ce qui est servi",
    "BEFFROI_COURRIEL": "une sorte", "BEFFROI_COURRIEL_ASSISTANCE": "une adresse de courriel",
    "BEFFROI_LIEUX": "l'attestation elle-même", "BEFFROI_NOM_SERVICE": "un nom", "BEFFROI_DEVISE": "un mot",
    "BEFFROI_PKCS11_MODULE": "un jeton branché", "BEFFROI_SERVEURS_FRONTAUX": "un nombre",
    "BEFFROI_SERVICE_D_ARCHIVES": "un identifiant", "BEFFROI_SMTP_PORT": "un port", "BEFFROI_SMTP_TLS": "un choix",
    "BEFFROI_TELEASSISTANCE_SECRET_TURN": "un secret", "BEFFROI_TSA_BUDGET": "une durée", "BEFFROI_EXPLOITANT": "un nom",
    "BEFFROI_SEUIL_D_HORLOGE": "une durée", "BEFFROI_DELAI_HORS_CHAMP": "une durée",
    "BEFFROI_S3_CLE": "un secret", "BEFFROI_S3_IDENTIFIANT": "un secret",
}  # fmt: skip
OUVRE = re.compile(
    r"^\s*(?:import|from) (?:httpx|requests|smtplib|socket|urllib\.request|http\.client|boto3|ftplib)\b", re.M
)
LIAISONS = {
    "beffroi/socle/stockage/s3.py": "Stockage des fichiers",
    "beffroi/integrations/antivirus/client.py": "Antivirus",
    "beffroi/integrations/horodatage/client.py": "Horodatage qualifié",
    "beffroi/integrations/horodatage/adapter.py": "Horodatage qualifié",
    "beffroi/integrations/service_d_archivage/client.py": "Service d'archives",
    "beffroi/integrations/smtp/adapter.py": "Relais de courriel",
    "beffroi/integrations/sonde/heure.py": "Horloges",
    "beffroi/integrations/sonde/depot.py": "Serveurs du service",
    "beffroi/integrations/espace_d_essai/client.py": "Serveurs du service",
    "beffroi/integrations/publication/client.py": "Transmission des avis",
    "beffroi/integrations/temoins/adapter.py": "Témoins du journal",
    "beffroi/integrations/portail_national/client.py": "Portail national des données",
    # Ce qu'un autre module lui donne à envoyer, à l'adresse qu'il lui donne.
    "beffroi/integrations/envoi_http.py": "",
    # Lancées à la main, sur le poste de qui les lance : elles n'envoient aucune donnée du service.
    "beffroi/cli/lecture_distante.py": "", "beffroi/cli/client/liaison.py": "", "beffroi/calculs/normes_sources.py": "",
    "beffroi/calculs/signature_listes.py": "",
    # Sur cette machine.
    "beffroi/cli/ouvrier.py": "", "beffroi/cli/processus.py": "", "beffroi/maison/banc_depot_scene.py": "",
}  # fmt: skip
FR = Attestation(date(2027, 1, 12), "Jean Dubois, directeur", {"relais.example": "FR", "ailleurs.example": "US"})


def test_chaque_reglage_qui_nomme_un_serveur_est_une_destination_ou_dit_pourquoi_non():
    nommes = {nom for nom, variable in VARIABLES.items() if NOMME_UN_SERVEUR.search(f"{nom} {variable.description}")}
    dits = {nom for sorte in SORTES for nom in sorte.variables}

    assert nommes - dits - SANS_LIAISON.keys() == set()
    assert dits <= VARIABLES.keys() and SANS_LIAISON.keys() <= VARIABLES.keys() and not dits & SANS_LIAISON.keys()


def test_chaque_module_qui_ouvre_une_liaison_a_sa_destination():
    lus = [chemin for chemin in SOURCES.rglob("*.py") if not {"tests", "formats"} & set(chemin.parts)]
    ouvrent = {str(chemin.relative_to(SOURCES)) for chemin in lus if OUVRE.search(chemin.read_text("utf-8"))}

    assert ouvrent == LIAISONS.keys()
    assert {titre for titre in LIAISONS.values() if titre} <= {sorte.titre for sorte in SORTES}


def test_d_office_rien_ne_sort_de_la_machine(settings):
    settings.ADRESSE_PUBLIQUE = "http://localhost:8000"
    assert destinations() == []


@pytest.mark.parametrize(
    "adresse,hote",
    [
        ("https://tsa.example/rfc3161", "tsa.example"), ("stun:relais.example:3478", "relais.example"),
        ("ntp:heure.example", "heure.example"), ("smtp.example", "smtp.example"), ("tcp://clamd.example:3310", "clamd.example"),
        ("unix:/run/clamd.ctl", ""), ("/var/run/postgresql", ""), ("localhost", ""), ("http://127.0.0.1:8000", ""), ("", ""),
        ("https://[::1]/", ""), ("https://essai.localhost", ""), ("https://10.0.0.5/", "10.0.0.5"),
    ],
)  # fmt: skip
def test_l_hote_d_une_adresse_ou_rien_si_c_est_cette_machine(adresse, hote):
    assert hote_de(adresse) == hote


def test_un_serveur_que_personne_n_a_atteste_n_a_pas_de_pays():
    lus = serveurs(["relais.example", "https://relais.example", "ailleurs.example", "autre.example"], FR)
    assert [(s.hote, s.lieu, s.est_dans_l_union) for s in lus] == [
        ("relais.example", "France", True), ("ailleurs.example", "US", False), ("autre.example", "", False)
    ]  # fmt: skip
    assert len(UNION) == 27


@pytest.mark.parametrize("manque", [{"le": ""}, {"le": "hier"}, {"par": " "}])
def test_on_n_atteste_pas_a_moitie(manque):
    entier = {
        "le": "2027-01-12",
        "par": "Jean Dubois, directeur",
        "lieux": ["Relais.example = fr", "ailleurs.example=US"],
    }
    assert attestation(entier) == FR
    assert attestation({**entier, **manque}) is None


def test_un_s3_sans_adresse_se_dit_chez_amazon(settings):
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "s3", "adresse": "", "region": "eu-west-1"}
    (destination,) = [une for une in destinations() if une.titre == "Stockage des fichiers"]
    assert destination.serveurs[0].hote == "s3.eu-west-1.amazonaws.com" and not destination.est_attestee


@pytest.mark.django_db
def test_le_registre_dit_ce_qui_part_et_le_pays_sans_nommer_le_serveur(settings):
    settings.PUBLICATION = {**settings.PUBLICATION, "adresse": "https://relais.example"}
    settings.PORTAIL_NATIONAL = {**settings.PORTAIL_NATIONAL, "adresse": "https://ailleurs.example"}
    settings.HORODATAGE = {**settings.HORODATAGE, "adresses": ["https://autre.example"]}
    settings.LOCALISATION = {"le": "2027-01-12", "par": FR.par, "lieux": ["relais.example=FR", "ailleurs.example=US"]}
    page = Client().get("/conformite/registre-des-traitements/").content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "Union européenne" in page and "France" in page and "Hors de l" in page and "Lieu non attesté" in page
    assert FR.par in page and "12 janvier 2027" in page and "relais.example" not in page


@pytest.mark.django_db
def test_rien_de_regle_et_rien_d_atteste_se_disent(settings):
    settings.ADRESSE_PUBLIQUE = "http://localhost:8000"
    assert "Aucun autre serveur n" in Client().get("/conformite/registre-des-traitements/").content.decode()
    settings.ADRESSE_PUBLIQUE = "https://marches.example"
    assert "pas encore attesté" in Client().get("/conformite/registre-des-traitements/").content.decode()


@pytest.mark.django_db
def test_le_technicien_lit_les_serveurs_par_leur_nom_et_le_juriste_non(settings):
    settings.PUBLICATION = {**settings.PUBLICATION, "adresse": "https://relais.example"}
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))
    claire = connecter(Client(), agent(centre(), "Claire Juriste", "juriste"))

    assert "relais.example" in samir.get("/cdg/conformite/").content.decode()
    assert "relais.example" not in claire.get("/cdg/conformite/").content.decode()

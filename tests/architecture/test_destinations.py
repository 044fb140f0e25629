"""Aucune donnée ne sort sans être dite :
chaque réglage qui nomme un serveur, chaque module qui ouvre une liaison (REQ-134).
"""

import re

from beffroi.garde.conformite.destinations import SORTES
from config.env import VARIABLES
from tests.architecture.arbre import SOURCES

NOMME_UN_SERVEUR = re.compile(
    r"adresse|serveur|hôte|service d|horloges|témoins|clamd", re.IGNORECASE
)
# Elles en parlent, et n'y mènent pas.
SANS_LIAISON = {
    "BEFFROI_ARCHIVAGE_JETON": "un jeton",
    "BEFFROI_AVIS_JETON": "un jeton",
    "BEFFROI_ARCHIVAGE_DOSSIER": "un dossier",
    "BEFFROI_ARCHIVAGE_REPONSES": "un dossier",
    "BEFFROI_CODE_SOURCE": "un lien",
    "BEFFROI_HOTES": "ce qui est servi",
    "BEFFROI_COURRIEL": "une sorte",
    "BEFFROI_COURRIEL_ASSISTANCE": "une adresse de courriel",
    "BEFFROI_LIEUX": "l'attestation elle-même",
    "BEFFROI_NOM_SERVICE": "un nom",
    "BEFFROI_DEVISE": "un mot",
    "BEFFROI_PKCS11_MODULE": "un jeton branché",
    "BEFFROI_SERVEURS_FRONTAUX": "un nombre",
    "BEFFROI_SERVICE_D_ARCHIVES": "un identifiant",
    "BEFFROI_SMTP_PORT": "un port",
    "BEFFROI_SMTP_TLS": "un choix",
    "BEFFROI_TELEASSISTANCE_SECRET_TURN": "un secret",
    "BEFFROI_TSA_BUDGET": "une durée",
    "BEFFROI_EXPLOITANT": "un nom",
    "BEFFROI_SEUIL_D_HORLOGE": "une durée",
    "BEFFROI_DELAI_HORS_CHAMP": "une durée",
    "BEFFROI_S3_CLE": "un secret",
    "BEFFROI_S3_IDENTIFIANT": "un secret",
}
OUVRE = re.compile(
    (
        r"^\s*(?:import|from) (?:httpx|requests|smtplib|socket|urllib\.request|http\.client|boto3"
        r"|ftplib|opentelemetry\.exporter)\b"
    ),
    re.M,
)
LIAISONS = {
    "beffroi/socle/fondations/stockage/s3.py": "Stockage des fichiers",
    "beffroi/integrations/antivirus/client.py": "Antivirus",
    "beffroi/seance/coffre/distant.py": "Coffres des autres nœuds",
    "beffroi/integrations/horodatage/client.py": "Horodatage qualifié",
    "beffroi/integrations/horodatage/adapter.py": "Horodatage qualifié",
    "beffroi/integrations/service_d_archivage/client.py": "Service d'archives",
    "beffroi/integrations/smtp/adapter.py": "Relais de courriel",
    "beffroi/integrations/sonde/heure.py": "Horloges",
    "beffroi/integrations/sonde/depot.py": "Serveurs du service",
    "beffroi/integrations/frontal/client.py": "Serveurs du service",
    "beffroi/integrations/stockage/pages.py": "Stockage des fichiers",
    "beffroi/integrations/traces/export.py": "Collecteur de traces",
    "beffroi/integrations/espace_d_essai/client.py": "Serveurs du service",
    "beffroi/integrations/publication/client.py": "Transmission des avis",
    "beffroi/integrations/temoins/adapter.py": "Témoins du journal",
    "beffroi/integrations/portail_national/client.py": "Portail national des données",
    "beffroi/integrations/sirene/client.py": "Annuaire des entreprises (Sirene)",
    # Ce qu'un autre module lui donne à envoyer, à l'adresse qu'il lui donne.
    "beffroi/integrations/envoi_http.py": "",
    # Lancées à la main, sur le poste de qui les lance : elles n'envoient aucune donnée du service.
    "beffroi/commandes/cli/lecture_distante.py": "",
    "beffroi/commandes/cli/client/liaison.py": "",
    "beffroi/commandes/cli/calculs/normes_sources.py": "",
    "beffroi/commandes/cli/calculs/signature_listes.py": "",
    # L'installation, en root : le relais que l'on vient de donner répond-il, et le nom du site ?
    "beffroi/commandes/cli/installation/epreuves.py": "Relais de courriel",
    "beffroi/commandes/cli/installation/machine.py": "",
    # Sur cette machine.
    "beffroi/commandes/cli/installation/preuve.py": "",
    "beffroi/commandes/cli/ouvrier.py": "",
    "beffroi/commandes/cli/processus.py": "",
    "beffroi/commandes/outillage/banc_depot_a_cote.py": "",
    "beffroi/commandes/outillage/banc_depot_scene.py": "",
}


def test_chaque_reglage_qui_nomme_un_serveur_est_une_destination_ou_dit_pourquoi_non():
    nommes = {
        nom
        for nom, variable in VARIABLES.items()
        if NOMME_UN_SERVEUR.search(f"{nom} {variable.description}")
    }
    dits = {nom for sorte in SORTES for nom in sorte.variables}

    assert nommes - dits - SANS_LIAISON.keys() == set()
    assert (
        dits <= VARIABLES.keys()
        and SANS_LIAISON.keys() <= VARIABLES.keys()
        and not dits & SANS_LIAISON.keys()
    )


def test_chaque_module_qui_ouvre_une_liaison_a_sa_destination():
    lus = [
        chemin for chemin in SOURCES.rglob("*.py") if not {"tests", "formats"} & set(chemin.parts)
    ]
    ouvrent = {
        str(chemin.relative_to(SOURCES))
        for chemin in lus
        if OUVRE.search(chemin.read_text("utf-8"))
    }

    assert ouvrent == LIAISONS.keys()
    assert {titre for titre in LIAISONS.values() if titre} <= {sorte.titre for sorte in SORTES}

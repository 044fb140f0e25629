"""La page de l'ASVS dit vrai : chaque exigence a sa ligne, chaque fichier et chaque essai nommés
existent. Puis ce qu'elle dit des réglages, et qu'aucun autre essai ne montre.
"""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.auth.password_validation import validate_password

from beffroi.personnes.comptes.forms import ChoisirMotDePasseForm
from beffroi.personnes.comptes.models import Utilisateur
from formats.tests.normes import NORMES
from tests.architecture.arbre import RACINE, SOURCES, du_produit, relatif

PAGE = RACINE / "docs" / "exploitants" / "asvs.md"
OFFICIEL = NORMES / "asvs" / "asvs-5.0.0-en.csv"
# ASVS 5.0.0 : combien d'exigences des niveaux 1 et 2 dans chaque section ; elles s'y suivent.
PAR_SECTION = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5},
    **{"6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2},
    **{"8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4},
    **{"10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4},
    **{"11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2},
    **{"13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1},
    **{"16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2},
}
NUMEROS = {f"{section}.{n + 1}" for section, fin in PAR_SECTION.items() for n in range(fin)}
ETATS = {"tenu", "en partie", "exploitant", "ouvert", "sans objet"}
LIGNE = re.compile(r"^\| (\d+\.\d+\.\d+) \|(.*)\|$", re.M)
NOMME = re.compile(r"`([^`]+)`")
CHEMIN = re.compile(r"[\w./-]+/[\w./-]+|[\w-]+\.(py|md|toml|ts)")
# Ce qui ressemble à un chemin et n'en est pas un.
PAS_UN_CHEMIN = {"/api/", "/cdg/conformite/", "permissions.py", "rules.py", "roles.toml"}
# Des listes signées, dont la signature fait foi d'où qu'elles viennent.
SUIT_UNE_REDIRECTION = {"src/beffroi/commandes/cli/calculs/signature_listes.py"}


class Exigence(NamedTuple):
    numero: str
    demande: str
    etat: str
    ou: str
    essai: str


def lignes() -> list[Exigence]:
    return [
        Exigence(numero, *(case.strip() for case in reste.split("|")))
        for numero, reste in LIGNE.findall(PAGE.read_text("utf-8"))
    ]


def trouve(chemin: str) -> Path | None:
    lieux = (racine / chemin for racine in (RACINE, SOURCES, SOURCES / "beffroi"))
    return next((lieu for lieu in lieux if lieu.exists()), None)


def test_chaque_exigence_a_sa_ligne_une_fois():
    combien = Counter(ligne.numero for ligne in lignes())

    assert NUMEROS == combien.keys()
    assert [numero for numero, fois in combien.items() if fois > 1] == []


@pytest.mark.skipif(not OFFICIEL.exists(), reason=f"la table officielle n'est pas là ({OFFICIEL})")
def test_les_numeros_sont_ceux_de_la_table_officielle():
    with OFFICIEL.open(encoding="utf-8-sig") as flux:
        officiels = {
            ligne["req_id"].removeprefix("V") for ligne in csv.DictReader(flux) if ligne["L"] < "3"
        }

    assert officiels == NUMEROS


def test_chaque_ligne_dit_son_etat_et_ou_ou_pourquoi():
    assert {ligne.etat for ligne in lignes()} == ETATS
    assert [ligne.numero for ligne in lignes() if not ligne.ou or not ligne.demande] == []


def test_ce_qui_est_tenu_se_prouve():
    assert [un.numero for un in lignes() if un.etat == "tenu" and not un.essai] == []


def test_chaque_fichier_nomme_existe():
    manquent = [
        f"{ligne.numero} : {nomme}"
        for ligne in lignes()
        for nomme in NOMME.findall(ligne.ou)
        if CHEMIN.fullmatch(nomme) and nomme not in PAS_UN_CHEMIN and trouve(nomme) is None
    ]

    assert manquent == []


def test_chaque_essai_nomme_existe():
    manquent = []
    for ligne in lignes():
        for nomme in NOMME.findall(ligne.essai):
            chemin, _, essai = nomme.partition("::")
            fichier = trouve(chemin)
            if fichier is None or f"def {essai or 'test_'}" not in fichier.read_text("utf-8"):
                manquent.append(f"{ligne.numero} : {nomme}")

    assert manquent == []


EN_HTTPS = """
import json
import django
from django.conf import settings
django.setup()
from beffroi.seance.ouverture import appareil, capacite
from beffroi.personnes.comptes import postes

print(json.dumps({
    "temoins": [
        settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, postes.nom_du_cookie(),
        appareil.temoin(), capacite.nom("S-1"),
    ],
    "surs": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "hsts": [settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS],
    "nosniff": settings.SECURE_CONTENT_TYPE_NOSNIFF,
    "referent": settings.SECURE_REFERRER_POLICY,
    "csp": settings.SECURE_CSP,
    "debug": settings.DEBUG,
    "argon": settings.PASSWORD_HASHERS[0],
}))
"""


@pytest.fixture(scope="module")
def en_https(tmp_path_factory) -> dict:
    """Les réglages d'un service exposé, lus par un processus neuf."""
    environnement = {
        "PATH": "/usr/bin",
        "PYTHONPATH": f"{SOURCES}:{RACINE}",
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "BEFFROI_DONNEES": str(tmp_path_factory.mktemp("donnees")),
        "BEFFROI_ADRESSE": "https://marches.exemple.fr",
        "BEFFROI_SERVEURS_FRONTAUX": "1",
    }
    lu = subprocess.run(
        [sys.executable, "-c", EN_HTTPS],
        env=environnement,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(lu.stdout)


def test_en_https_les_reglages_du_navigateur_sont_ceux_que_la_page_dit(en_https):
    assert [nom for nom in en_https["temoins"] if not nom.startswith("__Host-")] == []
    assert en_https["surs"] == [True, True]
    assert en_https["hsts"] == [31_536_000, True]
    assert (en_https["nosniff"], en_https["referent"]) == (True, "same-origin")
    assert en_https["csp"]["default-src"] == en_https["csp"]["frame-ancestors"] == ["'none'"]
    assert en_https["csp"]["base-uri"] == ["'none'"]
    assert en_https["debug"] is False


def test_les_mots_de_passe_se_gardent_sous_argon2(en_https):
    assert en_https["argon"].endswith("Argon2PasswordHasher")


def test_un_mot_de_passe_de_cent_signes_convient():
    long = "quatre mots sans rapport " * 4
    champ = ChoisirMotDePasseForm(utilisateur=Utilisateur()).fields["mot_de_passe"]

    validate_password(long, Utilisateur())
    assert champ.max_length is None or champ.max_length >= len(long)


def test_aucune_liaison_n_eteint_la_verification_des_certificats():
    eteint = re.compile(r"verify\s*=\s*False|CERT_NONE|_create_unverified_context|check_hostname")

    assert [relatif(f) for f in du_produit() if eteint.search(f.read_text("utf-8"))] == []


def test_aucune_liaison_ne_suit_une_redirection_sans_le_dire():
    """httpx n'en suit aucune d'office."""
    suivent = {relatif(f) for f in du_produit() if "follow_redirects=True" in f.read_text("utf-8")}

    assert suivent == SUIT_UNE_REDIRECTION


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    ["/.git/config", "/statique/", "/statique/beffroi/", "/statique/..%2f.git/config", "/src/"],
)
def test_ni_le_depot_ni_un_dossier_ne_se_servent(client, adresse):
    assert client.get(adresse).status_code == 404

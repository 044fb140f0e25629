"""Un vrai serveur frontal à qui manque une ligne : « ./beffroi frontal » dit laquelle."""

import os
import signal
import ssl
from contextlib import contextmanager

import pytest
from django.core import signing

from beffroi.integrations.frontal.client import Frontal
from beffroi.service.disponibilite.frontal import Attendu, Etat, lignes
from beffroi.service.disponibilite.views.frontal import USAGE
from tests.plateforme import attendre
from tests.serveurs import souche
from tests.serveurs.frontaux import FRONTAUX, RIEN, FrontalAbsent, Oubli, un_certificat
from tests.serveurs.noeud import repond, un_noeud
from tests.serveurs.postgresql import port_libre

NGINX = {
    "hote": Oubli("proxy_set_header Host $http_host;"),
    "protocole": Oubli("proxy_set_header X-Forwarded-Proto $scheme;"),
    "visiteur": Oubli("proxy_set_header X-Forwarded-For $remote_addr;"),
    "demande": Oubli("proxy_set_header X-Request-ID $request_id;"),
    "port": Oubli(
        "proxy_http_version", "proxy_set_header X-Forwarded-Port 8443; proxy_http_version"
    ),
    "liaison": Oubli('proxy_set_header Connection "";'),
    "hsts": Oubli(
        "proxy_http_version", "proxy_hide_header Strict-Transport-Security; proxy_http_version"
    ),
    "csp": Oubli(
        "proxy_http_version", "proxy_hide_header Content-Security-Policy; proxy_http_version"
    ),
    "dialogue": Oubli("http2 on;"),
    "tls": Oubli("ssl_protocols TLSv1.3;", "ssl_protocols TLSv1.2;"),
    "taille": Oubli("client_max_body_size 12m;", "client_max_body_size 100m;"),
    "tampon": Oubli("proxy_request_buffering on;", "proxy_request_buffering off;"),
}
MENE = "\t\theader_up X-Request-ID {http.request.uuid}\n"
CADDY = {
    "hote": Oubli(MENE, MENE + "\t\theader_up Host ailleurs\n"),
    "protocole": Oubli(MENE, MENE + "\t\theader_up -X-Forwarded-Proto\n"),
    "visiteur": Oubli(MENE, MENE + "\t\theader_up -X-Forwarded-For\n"),
    "demande": Oubli(MENE),
    "port": Oubli(MENE, MENE + "\t\theader_up X-Forwarded-Port 8443\n"),
    "liaison": Oubli("dial_timeout 2s", "keepalive off\n\t\t\tdial_timeout 2s"),
    "hsts": Oubli(MENE, MENE + "\t\theader_down -Strict-Transport-Security\n"),
    "csp": Oubli(MENE, MENE + "\t\theader_down -Content-Security-Policy\n"),
    "dialogue": Oubli("protocols h1 h2\n", "protocols h1\n"),
    "tls": Oubli("protocols tls1.3", "protocols tls1.2 tls1.2"),
    "taille": Oubli("import borne 12582912", "import borne 104857600"),
    "tampon": Oubli("import {$BEFFROI_TAMPON:tampon}"),
}
# Sans ce qui le fait naître, HSTS manque aussi ; et sans nom reconnu, aucune demande n'arrive.
AVEC_LUI = {"protocole": {"hsts"}, "hote": {"protocole", "visiteur", "demande"}}
CAS = [
    pytest.param(nom, code, oubli, id=f"{nom}-{code}")
    for nom, oublis in (("nginx", NGINX), ("caddy", CADDY))
    for code, oubli in oublis.items()
]


@pytest.fixture(scope="module")
def noeud(tmp_path_factory):
    """Le dossier, et les ports : en clair, en https, du nœud."""
    dossier, en_clair, chiffre = tmp_path_factory.mktemp("oublis"), port_libre(), port_libre()
    un_certificat(dossier)
    (dossier / "noeud").mkdir()
    with un_noeud(dossier / "noeud", **reglages(chiffre)) as port:
        yield dossier, {80: en_clair, 443: chiffre, 8000: port}


def reglages(chiffre):
    return {
        "BEFFROI_ADRESSE": f"https://localhost:{chiffre}",
        "BEFFROI_HOTES": "localhost",
        "BEFFROI_SERVEURS_FRONTAUX": "1",
    }


@contextmanager
def devant(nom, noeud, oubli=RIEN):
    """Ce serveur frontal, à qui manque cette ligne, tant que le bloc dure."""
    dossier, ports = noeud
    try:
        serveur = FRONTAUX[nom](dossier, ports, oubli=oubli)
    except FrontalAbsent as absent:
        pytest.skip(str(absent))
    try:
        attendre(lambda: repond(f"http://localhost:{ports[80]}/"))
        yield
    finally:
        os.killpg(serveur.pid, signal.SIGTERM)
        serveur.wait(timeout=30)


def regarder(noeud):
    dossier, ports = noeud
    adresse = f"https://localhost:{ports[443]}"
    cle = (dossier / "noeud" / "cles" / "django.txt").read_text("utf-8")
    confiance = ssl.create_default_context(cafile=str(dossier / "chaine.pem"))
    vu = Frontal(adresse, confiance, signing.dumps("", key=cle, salt=USAGE))
    return {ligne.code: ligne for ligne in lignes(Attendu(adresse, 1), vu.arrivee(), vu.dehors())}


@pytest.mark.parametrize("nom", FRONTAUX)
def test_nos_fichiers_passent_tout(nom, noeud):
    with devant(nom, noeud):
        lues = regarder(noeud)

    assert {ligne.etat for ligne in lues.values()} == {Etat.JUSTE}


@pytest.mark.parametrize(("nom", "code", "oubli"), CAS)
def test_la_ligne_oubliee_se_nomme_et_elle_seule(nom, code, oubli, noeud):
    with devant(nom, noeud, oubli):
        lues = regarder(noeud)

    manquent = {ligne.code for ligne in lues.values() if ligne.est_a_ecrire}
    assert code in manquent and manquent <= {code, *AVEC_LUI.get(code, ())}


def test_la_commande_dit_la_ligne_et_rend_1(noeud):
    dossier, ports = noeud
    with devant("nginx", noeud, NGINX["visiteur"]):
        fini = souche.beffroi(
            "frontal",
            **reglages(ports[443]),
            BEFFROI_DONNEES=str(dossier / "noeud"),
            SSL_CERT_FILE=str(dossier / "chaine.pem"),
        )

    assert fini.returncode == 1
    assert "L'adresse du visiteur (X-Forwarded-For) : Manque." in fini.stdout
    assert "nginx : proxy_set_header X-Forwarded-For $remote_addr;" in fini.stdout

"""Les fichiers de `deploiement/nginx`, tels quels, dans un vrai nginx devant un vrai nœud.

Seuls changent les ports, le certificat et le nœud : ce que le fichier demande de changer.
"""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess

import httpx
import pytest

from tests.architecture.arbre import RACINE
from tests.plateforme import attendre
from tests.serveurs.noeud import repond, un_noeud
from tests.serveurs.postgresql import port_libre

NGINX = RACINE / "deploiement" / "nginx"
ENVELOPPE = """
daemon off; pid nginx.pid; error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path corps; proxy_temp_path envois; fastcgi_temp_path a; uwsgi_temp_path b;
    scgi_temp_path c;
    include {ici}/beffroi.conf;
}}
"""


@pytest.fixture(scope="module")
def nginx():
    trouve = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if trouve is None:
        pytest.skip("nginx n'est pas sur cette machine : ses fichiers n'ont pas été joués")
    return trouve


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def devant(nginx, dossier):
    """`devant(chemin)` : une page, en https, par nginx ; `clair=True` : en http."""
    en_clair, chiffre = port_libre(), port_libre()
    adresse = f"https://localhost:{chiffre}"
    un_certificat(dossier)
    (dossier / "noeud").mkdir()
    with un_noeud(
        dossier / "noeud",
        BEFFROI_ADRESSE=adresse,
        BEFFROI_HOTES="localhost",
        BEFFROI_SERVEURS_FRONTAUX="1",
    ) as port:
        ecrire(dossier, {80: en_clair, 443: chiffre, 8000: port})
        serveur = subprocess.Popen(
            [nginx, "-p", str(dossier), "-c", str(dossier / "nginx.conf")],
            stderr=(dossier / "nginx.log").open("wb"),
            start_new_session=True,
        )
        try:
            attendre(lambda: repond(f"http://localhost:{en_clair}/"))
            confiance = ssl.create_default_context(cafile=str(dossier / "chaine.pem"))
            client = httpx.Client(verify=confiance, trust_env=False)
            racines = {False: adresse, True: f"http://localhost:{en_clair}"}
            yield lambda chemin, clair=False, verbe="GET", **demande: client.request(
                verbe, racines[clair] + chemin, **demande
            )
        finally:
            os.killpg(serveur.pid, signal.SIGTERM)
            serveur.wait(timeout=30)


def un_certificat(dossier):
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", dossier / "cle.pem", "-out", dossier / "chaine.pem"),
        ],
        check=True,
        capture_output=True,
    )


def ecrire(dossier, ports):
    texte = (NGINX / "beffroi.conf").read_text("utf-8")
    texte = texte.replace("marches.exemple.fr", "localhost")
    texte = texte.replace("/etc/ssl/beffroi", str(dossier))
    texte = texte.replace("/var/log/nginx", str(dossier))
    texte = re.sub(r"listen \[::\].*\n", "", texte)
    for avant, apres in ports.items():
        texte = re.sub(rf"(listen |127\.0\.0\.1:){avant}\b", rf"\g<1>{apres}", texte)
    (dossier / "beffroi.conf").write_text(texte, "utf-8")
    shutil.copy(NGINX / "beffroi_proxy.conf", dossier)
    (dossier / "nginx.conf").write_text(ENVELOPPE.format(ici=dossier), "utf-8")


def test_une_page_passe_et_la_plateforme_sait_qu_elle_est_en_https(devant):
    page = devant("/consultations/")

    assert page.status_code == 200
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert "nginx/" not in page.headers.get("Server", "")


def test_un_temoin_ne_voyage_qu_en_https(devant):
    temoins = devant("/compte/connexion/").headers["Set-Cookie"]

    assert "__Host-csrftoken=" in temoins and "Secure" in temoins


def test_en_clair_les_pages_sont_menees_en_https_et_l_api_refusee(devant):
    page = devant("/consultations/", clair=True)
    api = devant("/api/v1/consultations", clair=True, headers={"Authorization": "Bearer secret"})

    assert page.status_code == 301 and page.headers["Location"].startswith("https://localhost")
    assert api.status_code == 403


def test_les_mesures_ne_se_lisent_pas_du_dehors(devant):
    assert devant("/metrics").status_code == 404


def test_ce_qui_deborde_est_refuse_avant_la_plateforme(devant):
    douze_et_plus = b"x" * (13 << 20)

    assert devant("/contact/ecrire/", verbe="POST", content=douze_et_plus).status_code == 413


def test_une_demande_a_le_meme_nom_de_bout_en_bout(devant, dossier):
    page = devant("/une/adresse/inventee")
    nom = page.headers.get_list("X-Request-ID")

    assert len(nom) == 1 and re.fullmatch(r"[0-9a-f]{32}", nom[0])
    assert f"{nom[0][-8:-4]}-{nom[0][-4:]}".upper() in page.text
    assert [ligne["statut"] for ligne in du_frontal(dossier) if ligne["demande"] == nom[0]] == [404]


def test_un_visiteur_ne_choisit_pas_le_nom_de_sa_demande(devant):
    choisi = "0123456789abcdef0123456789abcdef"

    page = devant("/sante", headers={"X-Request-ID": choisi})

    assert page.headers.get_list("X-Request-ID") not in ([], [choisi])


def test_ce_que_nginx_refuse_seul_a_aussi_son_nom(devant):
    assert re.fullmatch(r"[0-9a-f]{32}", devant("/metrics").headers["X-Request-ID"])


def test_le_journal_du_frontal_ne_dit_ni_qui_ni_quoi(devant, dossier):
    devant("/consultations/?q=sophie-delattre", headers={"Referer": "https://a.example/marthe"})

    texte = (dossier / "beffroi.log").read_text("utf-8")
    assert set(du_frontal(dossier)[-1]) == {
        *("beffroi", "le", "demande", "statut", "octets", "duree_s", "noeud")
    }
    assert not re.search(r"sophie|marthe|consultations|httpx", texte)


def du_frontal(dossier):
    lignes = (dossier / "beffroi.log").read_text("utf-8").splitlines()
    return [json.loads(ligne) for ligne in lignes]

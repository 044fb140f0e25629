"""Un vrai serveur frontal, réglé par les fichiers de `deploiement/`, devant un vrai nœud."""

import json
import os
import re
import shutil
import signal
import ssl
import threading
import uuid
from contextlib import ExitStack, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from tests.parcours.chromium_nu import chromium_nu
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.plateforme import attendre
from tests.serveurs.frontaux import FRONTAUX, FrontalAbsent, un_certificat
from tests.serveurs.noeud import repond, un_noeud
from tests.serveurs.postgresql import port_libre

# nginx l'écrit sans tirets, Caddy en UUID.
NOM_D_UNE_DEMANDE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TREIZE_MO = b"x" * (13 << 20)
FICHIER_DE_PLUS = """
const formulaire = document.querySelector("main form")
formulaire.enctype = "multipart/form-data"
formulaire.insertAdjacentHTML("beforeend", "<input type=file name=plan>")
"""
DIALOGUE = "performance.getEntriesByType('navigation')[0].nextHopProtocol"
nginx_seul = pytest.mark.parametrize("devant", ["nginx"], indirect=True)


@pytest.fixture(scope="module")
def noeud(tmp_path_factory):
    """Le dossier du certificat, et les ports : en clair, en https, du nœud."""
    dossier, en_clair, chiffre = tmp_path_factory.mktemp("frontal"), port_libre(), port_libre()
    un_certificat(dossier)
    (dossier / "noeud").mkdir()
    with un_noeud(
        dossier / "noeud",
        BEFFROI_ADRESSE=f"https://localhost:{chiffre}",
        BEFFROI_HOTES="localhost",
        BEFFROI_SERVEURS_FRONTAUX="1",
    ) as port:
        yield dossier, {80: en_clair, 443: chiffre, 8000: port}


@pytest.fixture(scope="module", params=FRONTAUX)
def devant(request, noeud):
    """`devant(chemin)` : une page, en https, par le frontal ; `clair=True` : en http."""
    with devant_ce_noeud(request.param, *noeud) as demander:
        yield demander


@pytest.fixture(params=FRONTAUX)
def sans_noeud(request, noeud, tmp_path):
    """Le même frontal, et personne derrière."""
    dossier, _ = noeud
    for fichier in ("chaine.pem", "cle.pem"):
        shutil.copy(dossier / fichier, tmp_path)
    ports = {port: port_libre() for port in (80, 443, 8000)}
    with devant_ce_noeud(request.param, tmp_path, ports) as demander:
        yield demander


class SansStockage(BaseHTTPRequestHandler):
    """Un nœud à qui le stockage manque : une page sur deux le dit, l'autre n'en a pas besoin."""

    def do_GET(self):
        self.send_response(503 if self.path == "/envoi/" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Personne ne lit ce journal."""


@pytest.fixture(params=FRONTAUX)
def sans_stockage(request, noeud, tmp_path):
    """Deux nœuds, et le même stockage qui manque aux deux."""
    dossier, _ = noeud
    for fichier in ("chaine.pem", "cle.pem"):
        shutil.copy(dossier / fichier, tmp_path)
    with ExitStack() as pile:
        premier, second = (
            pile.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), SansStockage)) for _ in "ab"
        )
        for serveur in (premier, second):
            threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
            pile.callback(serveur.shutdown)
        ports = {80: port_libre(), 443: port_libre(), 8000: premier.server_port}
        yield pile.enter_context(
            devant_ce_noeud(request.param, tmp_path, ports, [second.server_port])
        )


@contextmanager
def devant_ce_noeud(nom, dossier, ports, autres=()):
    try:
        serveur = FRONTAUX[nom](dossier, ports, autres)
    except FrontalAbsent as absent:
        pytest.skip(str(absent))
    racines = {False: f"https://localhost:{ports[443]}", True: f"http://localhost:{ports[80]}"}
    confiance = ssl.create_default_context(cafile=str(dossier / "chaine.pem"))
    try:
        attendre(lambda: repond(f"{racines[True]}/"))
        with httpx.Client(verify=confiance, trust_env=False) as client:
            yield lambda chemin, clair=False, verbe="GET", **demande: client.request(
                verbe, racines[clair] + chemin, **demande
            )
    finally:
        os.killpg(serveur.pid, signal.SIGTERM)
        serveur.wait(timeout=30)


def test_une_page_passe_et_la_plateforme_sait_qu_elle_est_en_https(devant):
    page = devant("/consultations/")

    assert page.status_code == 200
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert page.headers.get("Server", "nginx") == "nginx"


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


def test_ce_qui_deborde_est_refuse_avant_la_plateforme_par_une_page_en_francais(devant):
    page = devant("/contact/ecrire/", verbe="POST", content=TREIZE_MO)

    assert page.status_code == 413
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Cet envoi dépasse une limite" in page.content.decode()
    assert NOM_D_UNE_DEMANDE.fullmatch(page.headers["X-Request-ID"])


def test_un_logiciel_qui_deborde_lit_un_probleme(devant):
    dit = devant("/api/v1/consultations", verbe="POST", content=TREIZE_MO)

    assert (dit.status_code, dit.json()["status"]) == (413, 413)
    assert dit.headers["Content-Type"].startswith("application/problem+json")
    assert dit.json()["instance"] == uuid.UUID(dit.headers["X-Request-ID"]).urn


@pytest.mark.navigateur
@pytest.mark.usefixtures("devant")
def test_dans_un_navigateur_ce_qui_deborde_montre_cette_page_et_non_une_coupure(noeud, tmp_path):
    """La réponse part avant la fin de l'envoi : un navigateur pourrait n'y voir qu'une panne."""
    (tmp_path / "plan.pdf").write_bytes(TREIZE_MO)
    options = [*CHROMIUM, "--ignore-certificate-errors"]
    with chromium_nu(chemin_du_chromium(), options, tmp_path / "profil") as onglet:
        onglet.aller(f"https://localhost:{noeud[1][443]}/contact/ecrire/")
        onglet.lire(FICHIER_DE_PLUS)
        onglet.choisir("[name=plan]", [tmp_path / "plan.pdf"])
        onglet.lire("document.querySelector('main form').submit()")

        onglet.attendre("document.title == 'Envoi trop gros'")
        assert onglet.lire(DIALOGUE) == "h2"


def test_un_envoi_qui_deborde_sans_dire_sa_taille_n_ecarte_pas_le_noeud(devant):
    par_mega = (b"x" * (1 << 20) for _ in range(14))

    # Qui refuse ferme la liaison ; sa réponse y arrive entière, en partie ou pas du tout.
    with suppress(httpx.TransportError):
        assert devant("/contact/ecrire/", verbe="POST", content=par_mega).is_error

    assert devant("/consultations/").status_code == 200


def test_un_envoi_refuse_sans_etre_lu_recoit_son_refus(devant):
    """Le nœud qui fermerait la liaison avant la fin de l'envoi passerait pour mort : 502."""
    envois = [b"x" * taille for taille in (200_000, 2_000_000, 11_000_000, 40_000_000)] * 6

    refus = {devant("/messages/ecrire/", verbe="POST", content=envoi) for envoi in envois}

    assert {page.status_code for page in refus} == {302}


def test_sans_aucun_noeud_la_page_dit_quand_revenir(sans_noeud):
    page = sans_noeud("/consultations/")

    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "rien de reçu n'est perdu" in page.content.decode()
    assert NOM_D_UNE_DEMANDE.fullmatch(page.headers["X-Request-ID"])


def test_un_noeud_qui_dit_de_revenir_n_est_pas_tenu_pour_mort(sans_stockage):
    """Le stockage manque à tous : les pages qui n'en ont pas besoin restent ouvertes."""
    lues = [sans_stockage(page).status_code for page in ["/envoi/", "/consultations/"] * 6]

    assert lues == [503, 200] * 6


def test_sans_aucun_noeud_un_logiciel_lit_un_probleme(sans_noeud):
    dit = sans_noeud("/api/v1/consultations")

    assert (dit.status_code, dit.headers["Retry-After"]) == (503, "5")
    assert dit.headers["Content-Type"].startswith("application/problem+json")
    assert "recommencez" in dit.json()["detail"]
    assert dit.json()["instance"] == uuid.UUID(dit.headers["X-Request-ID"]).urn


def test_une_demande_a_le_meme_nom_de_bout_en_bout(devant):
    page = devant("/une/adresse/inventee")
    [nom] = page.headers.get_list("X-Request-ID")

    assert NOM_D_UNE_DEMANDE.fullmatch(nom)
    assert f"{nom[-8:-4]}-{nom[-4:]}".upper() in page.text


def test_un_visiteur_ne_choisit_pas_le_nom_de_sa_demande(devant):
    choisi = "0123456789abcdef0123456789abcdef"

    page = devant("/sante", headers={"X-Request-ID": choisi})

    assert page.headers.get_list("X-Request-ID") not in ([], [choisi])


def test_ce_que_le_frontal_refuse_seul_a_aussi_son_nom(devant):
    assert NOM_D_UNE_DEMANDE.fullmatch(devant("/metrics").headers["X-Request-ID"])


@nginx_seul
def test_le_journal_de_nginx_nomme_chaque_demande(devant, noeud):
    assert ligne_de(devant("/une/adresse/inventee"), noeud)["statut"] == 404


@nginx_seul
def test_le_journal_de_nginx_ne_dit_ni_qui_ni_quoi(devant, noeud):
    page = devant("/consultations/?q=sophie-delattre", headers={"Referer": "https://a.example/m"})

    assert set(ligne_de(page, noeud)) == {
        *("beffroi", "le", "demande", "statut", "octets", "duree_s", "noeud")
    }
    texte = (noeud[0] / "beffroi.log").read_text("utf-8")
    assert not re.search(r"sophie|a\.example|consultations|httpx", texte)


def ligne_de(page, noeud):
    """Ce que nginx en a écrit ; il l'écrit après avoir répondu."""
    nom = page.headers["X-Request-ID"]
    attendre(lambda: nom in du_frontal(noeud))
    return du_frontal(noeud)[nom]


def du_frontal(noeud):
    lignes = (noeud[0] / "beffroi.log").read_text("utf-8").splitlines()
    return {ligne["demande"]: ligne for ligne in map(json.loads, lignes)}

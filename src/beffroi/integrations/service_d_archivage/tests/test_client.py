"""Le service en ligne :
ce qui lui est porté, ce qu'il répond, ce qui recommence, ce qui attend un geste.
"""

import base64
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from beffroi.garde.versements.tests.scene import LE
from beffroi.integrations.service_d_archivage.client import ServiceEnLigne
from beffroi.integrations.service_d_archivage.tests.test_dossier import OCTETS, transfert
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from formats.seda.bornes import OCTETS_D_UNE_REPONSE
from formats.seda.tests.reponses import accuse, refus

QUI = "PQ-7F3KPT2A"
TROP = b"x" * (OCTETS_D_UNE_REPONSE + 1)


def service(reponse):
    recues = []

    def repondre(demande: httpx.Request) -> httpx.Response:
        recues.append((demande, demande.read()))
        if isinstance(reponse, Exception):
            raise reponse
        return reponse

    return ServiceEnLigne(
        "https://sae.example/depot/", "secret", transport=httpx.MockTransport(repondre)
    ), recues


def test_le_paquet_part_avec_sa_cle_son_identifiant_et_son_empreinte():
    en_ligne, recues = service(httpx.Response(201, content=accuse(QUI)))

    assert en_ligne.deposer(transfert(), maintenant=LE) == accuse(QUI)

    ((demande, corps),) = recues
    condense = base64.b64encode(hashlib.sha256(OCTETS).digest()).decode()
    assert (demande.method, str(demande.url), corps) == (
        "POST",
        "https://sae.example/depot",
        OCTETS,
    )
    assert {
        nom: demande.headers[nom]
        for nom in ("Authorization", "Idempotency-Key", "Message-Identifier", "Content-Digest")
    } == {
        "Authorization": "Bearer secret",
        "Idempotency-Key": "VS-22222222",
        "Message-Identifier": QUI,
        "Content-Digest": f"sha-256=:{condense}:",
    }


@pytest.mark.parametrize(
    "reponse",
    [httpx.Response(202), httpx.Response(204), httpx.Response(200)],
    ids=lambda r: r.status_code,
)
def test_recu_sans_reponse_se_dira_plus_tard(reponse):
    en_ligne, _ = service(reponse)

    assert en_ligne.deposer(transfert(), maintenant=LE) is None


def test_le_refus_du_paquet_est_une_reponse_qui_se_garde():
    en_ligne, _ = service(httpx.Response(422, content=refus(QUI)))

    assert en_ligne.deposer(transfert(), maintenant=LE) == refus(QUI)


@pytest.mark.parametrize(
    ("reponse", "permanent"),
    [
        (httpx.Response(401), True),
        (httpx.Response(403, text="jeton échu"), True),
        (httpx.Response(404), True),
        (httpx.Response(413), True),
        (httpx.Response(422), True),
        (httpx.Response(408), False),
        (httpx.Response(429), False),
        (httpx.Response(500), False),
        (httpx.Response(302, headers={"Location": "https://ailleurs.example"}), False),
        (httpx.Response(200, content=TROP), False),
        (httpx.ConnectError("rien"), False),
        (httpx.ReadTimeout("silence"), False),
    ],
    ids=[
        "401",
        "403",
        "404",
        "413",
        "422 vide",
        "408",
        "429",
        "500",
        "redirection",
        "démesuré",
        "injoignable",
        "silence",
    ],
)
def test_une_panne_recommence_un_refus_de_nous_recevoir_attend_un_geste(reponse, permanent):
    en_ligne, recues = service(reponse)

    with pytest.raises(ServiceIndisponible) as panne:
        en_ligne.deposer(transfert(), maintenant=LE)
    assert (panne.value.permanent, len(recues)) == (permanent, 1)


def test_le_motif_d_un_refus_de_nous_recevoir_se_lit_et_se_borne():
    en_ligne, _ = service(httpx.Response(403, text="jeton\n échu " + "x" * 9000))

    with pytest.raises(ServiceIndisponible, match=r"statut 403 : jeton échu x+\)") as panne:
        en_ligne.deposer(transfert(), maintenant=LE)
    assert len(panne.value.message) < 420


def test_un_paquet_abime_ne_part_pas_entier():
    en_ligne, _ = service(httpx.Response(201))

    with pytest.raises(ServiceIndisponible, match="n'a plus l'empreinte"):
        en_ligne.deposer(transfert(sha256="0" * 64), maintenant=LE)


def test_la_reponse_se_demande_par_l_identifiant_du_transfert():
    en_ligne, recues = service(httpx.Response(200, content=accuse(QUI)))

    assert list(en_ligne.reponses(QUI)) == [accuse(QUI)]
    assert str(recues[0][0].url) == f"https://sae.example/depot/{QUI}"


@pytest.mark.parametrize("statut", [200, 202, 204, 404])
def test_tant_que_rien_n_est_dit_il_n_y_a_rien(statut):
    en_ligne, _ = service(httpx.Response(statut))

    assert list(en_ligne.reponses(QUI)) == []


@pytest.mark.parametrize("statut", [302, 401, 500])
def test_une_demande_qui_n_aboutit_pas_se_dit(statut):
    en_ligne, _ = service(httpx.Response(statut))

    with pytest.raises(ServiceIndisponible, match=str(statut)):
        list(en_ligne.reponses(QUI))


class Sae(BaseHTTPRequestHandler):
    """Un vrai serveur : ce qu'il a reçu sur le fil."""

    recus: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        longueur = int(self.headers["Content-Length"])
        self.recus.append((dict(self.headers), self.rfile.read(longueur)))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Rien sur la sortie d'erreur."""


@pytest.fixture
def sae():
    Sae.recus.clear()
    serveur = HTTPServer(("127.0.0.1", 0), Sae)
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05})
    fil.start()
    yield ServiceEnLigne(
        f"http://127.0.0.1:{serveur.server_port}", "", transport=httpx.HTTPTransport()
    )
    serveur.shutdown()
    serveur.server_close()
    fil.join()


def test_sur_le_fil_la_longueur_est_dite_et_le_paquet_arrive_entier(sae):
    assert sae.deposer(transfert(), maintenant=LE) is None

    ((entetes, corps),) = Sae.recus
    assert (corps, entetes["Content-Length"]) == (OCTETS, str(len(OCTETS)))
    assert "Transfer-Encoding" not in entetes and "Authorization" not in entetes


def test_sur_le_fil_un_paquet_abime_n_arrive_pas_entier(sae):
    with pytest.raises(ServiceIndisponible, match="n'a plus l'empreinte"):
        sae.deposer(transfert(sha256="0" * 64), maintenant=LE)

    assert all(len(corps) < len(OCTETS) for _, corps in Sae.recus)

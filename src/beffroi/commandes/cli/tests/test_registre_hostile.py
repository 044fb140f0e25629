"""Un registre hostile ne retient personne :
chaque ruse finit, vite, par une phrase et un code différent de zéro.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from beffroi.commandes.cli import lecture_distante
from beffroi.commandes.cli.lanceur import principal
from sceau import log

ORIGINE = "hostile.example/journal"
FEUILLES = [bytes([n]) * 64 for n in range(3)]


class Hostile(ThreadingHTTPServer):
    """Un registre de trois feuilles, juste ; chaque ruse remplace une de ses réponses."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Guichet)
        self.signataire = log.Signer.generate(ORIGINE)
        self.ruses: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.demandes: list[str] = []
        self.noeuds: dict[tuple[int, int], bytes] = {}
        for numero, feuille in enumerate(FEUILLES):
            for niveau, indice, empreinte in log.append_nodes(
                numero, log.leaf_hash(feuille), self.lire
            ):
                self.noeuds[niveau, indice] = empreinte

    def lire(self, niveau: int, indice: int) -> bytes:
        return self.noeuds[niveau, indice]

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def tete(self, taille: int, *, annoncee: int = 0) -> str:
        corps = log.Checkpoint(ORIGINE, annoncee or taille, log.root(taille, self.lire)).body()
        return log.sign_note(corps, self.signataire)

    def page(self, *tailles: int) -> bytes:
        return json.dumps(
            {"points": [{"taille": n, "note": self.tete(n)} for n in tailles]}
        ).encode()

    def reponse(self, chemin: str) -> bytes:
        depuis = int(chemin.partition("depuis=")[2] or 0)
        return {
            "/journal/cles.json": json.dumps({"journal": self.signataire.vkey}).encode(),
            "/journal/checkpoint": self.tete(3).encode(),
            "/journal/tile/entries/000.p/3": log.entries(FEUILLES),
            "/journal/points-de-controle.json": self.page(*range(depuis + 1, 4)),
        }[chemin.partition("?")[0]]


class Guichet(BaseHTTPRequestHandler):
    server: Hostile
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.demandes.append(self.path)
        ruse = self.server.ruses.get(self.path.partition("?")[0])
        try:
            if ruse:
                ruse(self)
            else:
                rendre(self.server.reponse(self.path))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Muet."""


def rendre(octets: bytes, *, statut: int = 200, annonce: int | None = None, **entetes: str):
    def ruse(guichet: BaseHTTPRequestHandler) -> None:
        guichet.send_response(statut)
        for nom, valeur in entetes.items():
            guichet.send_header(nom.replace("_", "-"), valeur)
        guichet.send_header("Content-Length", str(len(octets) if annonce is None else annonce))
        guichet.end_headers()
        guichet.wfile.write(octets)
        if annonce is not None:
            guichet.close_connection = True

    return ruse


def sans_fin(guichet: BaseHTTPRequestHandler) -> None:
    """Des octets tant qu'on les lit, sans longueur annoncée."""
    guichet.send_response(200)
    guichet.send_header("Connection", "close")
    guichet.end_headers()
    while True:
        guichet.wfile.write(b"9" * 65_536)


def au_compte_gouttes(guichet: BaseHTTPRequestHandler) -> None:
    guichet.send_response(200)
    guichet.send_header("Content-Length", "1000")
    guichet.end_headers()
    for _ in range(1000):
        guichet.wfile.write(b" ")
        time.sleep(0.02)


def pas_http(guichet: BaseHTTPRequestHandler) -> None:
    guichet.wfile.write(b"\0\xff" * 200 + b"\r\n\r\n")
    guichet.close_connection = True


@pytest.fixture
def hostile():
    serveur = Hostile()
    threading.Thread(target=serveur.serve_forever, args=[0.02], daemon=True).start()
    yield serveur
    serveur.shutdown()
    serveur.server_close()


def verifier(serveur: Hostile) -> int:
    return principal(["verifier", "--journal", serveur.adresse])


def test_sans_ruse_ce_registre_est_juste(hostile, capsys):
    assert verifier(hostile) == 0

    assert "3 têtes" in capsys.readouterr().out


TETE, TETES, CLES = "/journal/checkpoint", "/journal/points-de-controle.json", "/journal/cles.json"
TUILE = "/journal/tile/entries/000.p/3"
RUSES = {
    "une tête sans fin": (TETE, sans_fin, "répond plus de"),
    "une liste sans fin": (TETES, sans_fin, "répond plus de"),
    "une tuile sans fin": (TUILE, sans_fin, "répond plus de"),
    "une bombe gzip": (
        TETES,
        rendre(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
        "compressée",
    ),
    "une autre adresse": (
        TETE,
        rendre(b"", statut=302, Location="http://127.0.0.1:9/ailleurs"),
        "renvoie à",
    ),
    "une longueur trop grande": (CLES, rendre(b"{}", annonce=1000), "la liaison s'est coupée"),
    "une longueur illisible": (CLES, rendre(b"{}", Content_length="-5"), "la liaison s'est coupée"),
    "une panne": (TETE, rendre(b"", statut=500), "répond 500"),
    "autre chose que HTTP": (TETE, pas_http, "la liaison s'est coupée"),
    "des crochets sans fin": (TETES, rendre(b"[" * 100_000), "ne rend pas ce qu'un registre"),
    "un nombre de cent mille chiffres": (
        TETES,
        rendre(b"9" * 100_000),
        "ne rend pas ce qu'un registre",
    ),
    "une taille en texte": (
        TETES,
        rendre(b'{"points":[{"taille":"1","note":""}]}'),
        "ne rend pas ce qu'un registre",
    ),
    "pas de points": (TETES, rendre(b'{"points":null}'), "ne rend pas ce qu'un registre"),
    "une clé qui n'en est pas": (CLES, rendre(b'{"journal":7}'), "ne rend pas ce qu'un registre"),
    "une tuile tronquée": (TUILE, rendre(log.entries(FEUILLES)[:-1]), "n'est pas une tuile"),
    "une feuille de moins": (
        TUILE,
        rendre(log.entries(FEUILLES[:2])),
        "ne tient pas les 3 feuilles",
    ),
    "des feuilles vides": (TUILE, rendre(b"\0" * 198), "ne tient pas les 3 feuilles"),
}


@pytest.mark.parametrize("ruse", RUSES)
def test_une_ruse_finit_par_une_phrase(hostile, capsys, ruse):
    chemin, tour, phrase = RUSES[ruse]
    hostile.ruses[chemin] = tour

    assert verifier(hostile) == 2

    assert phrase in capsys.readouterr().err


@pytest.mark.parametrize("pages", [(3, 3), (3, 2), (1, 1)], ids=str)
def test_une_liste_qui_se_repete_ne_tourne_pas_sans_fin(hostile, capsys, pages):
    hostile.ruses[TETES] = rendre(hostile.page(*pages))

    assert verifier(hostile) == 2

    assert "la liste ne finirait pas" in capsys.readouterr().err
    assert len(hostile.demandes) < 8


def test_la_meme_page_servie_toujours_ne_tourne_pas_sans_fin(hostile, capsys):
    """Chaque page est bonne ; c'est la même, toujours."""
    hostile.ruses[TETES] = rendre(hostile.page(1, 2))

    assert verifier(hostile) == 2

    assert "répète ses têtes signées" in capsys.readouterr().err


def test_une_tete_au_nom_d_une_autre_taille_est_trouvee(hostile, capsys):
    point = {"taille": 2, "note": hostile.tete(3)}
    hostile.ruses[TETES] = rendre(
        json.dumps({"points": [point, {"taille": 4, "note": ""}]}).encode()
    )

    assert verifier(hostile) == 1

    assert "celle de taille 2 ne prolonge pas" in capsys.readouterr().out


def test_un_registre_qui_se_dit_immense_est_refuse_avant_de_le_lire(hostile, capsys):
    hostile.ruses[TETE] = rendre(hostile.tete(3, annoncee=10**15).encode())

    assert verifier(hostile) == 2

    assert "plus qu'on n'en peut relire" in capsys.readouterr().err
    assert not [chemin for chemin in hostile.demandes if "tile" in chemin]


def test_une_reponse_au_compte_gouttes_a_une_fin(hostile, capsys, monkeypatch):
    monkeypatch.setattr(lecture_distante, "DUREE_AU_PLUS_S", 0.2)
    hostile.ruses[TETE] = au_compte_gouttes

    assert verifier(hostile) == 2

    assert "trop lentement" in capsys.readouterr().err


def test_un_renvoi_n_est_pas_suivi(hostile, capsys):
    ailleurs = Hostile()
    threading.Thread(target=ailleurs.serve_forever, args=[0.02], daemon=True).start()
    hostile.ruses[TETE] = rendre(b"", statut=301, Location=f"{ailleurs.adresse}/journal/checkpoint")

    assert verifier(hostile) == 2

    ailleurs.shutdown()
    ailleurs.server_close()
    assert ailleurs.demandes == []

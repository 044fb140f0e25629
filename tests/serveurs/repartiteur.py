"""Un répartiteur de charge : chaque demande va au nœud suivant, sans égard pour la précédente.

Aucune affinité : c'est le cas le plus dur, celui qu'un réglage oublié donne.
"""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle

# Ce qui ne vaut que d'un bout de la liaison à l'autre (RFC 9110, § 7.6.1).
DE_LA_LIAISON = {"connection", "keep-alive", "transfer-encoding"}
DELAI_S = 60


class Demande(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Repartiteur"

    def passer(self) -> None:
        corps = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        noeud = http.client.HTTPConnection("localhost", self.server.suivant(), timeout=DELAI_S)
        entetes = {
            nom: valeur for nom, valeur in self.headers.items() if nom.lower() not in DE_LA_LIAISON
        }
        noeud.request(self.command, self.path, corps, entetes)
        reponse = noeud.getresponse()
        octets = reponse.read()
        self.send_response_only(reponse.status)
        for nom, valeur in reponse.getheaders():
            if nom.lower() not in DE_LA_LIAISON | {"content-length"}:
                self.send_header(nom, valeur)
        self.send_header("Content-Length", str(len(octets)))
        self.end_headers()
        self.wfile.write(octets if self.command != "HEAD" else b"")
        noeud.close()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = passer

    def log_message(self, *_: object) -> None:
        """Les nœuds tiennent leur journal."""


class Repartiteur(ThreadingHTTPServer):
    """Sert à l'adresse, par les nœuds qu'on lui nomme, un port chacun."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("localhost", 0), Demande)
        self._verrou, self._tour = threading.Lock(), cycle([0])

    @property
    def adresse(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def servir_par(self, *ports: int) -> None:
        self._tour = cycle(ports)

    def suivant(self) -> int:
        with self._verrou:
            return next(self._tour)


@contextmanager
def repartiteur() -> Iterator[Repartiteur]:
    with Repartiteur() as tenu:
        threading.Thread(target=tenu.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield tenu
        finally:
            tenu.shutdown()

"""Un faux service S3 qui rend un objet, et s'arrête au milieu : il raccroche, ou se tait."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ETIQUETTE = '"la-meme"'
PEU = 300_000


@dataclass
class ServiceQuiCoupe:
    """`pannes` : combien de réponses s'arrêtent en route ; `silence` : sans raccrocher."""

    lire: Callable[[str], bytes]
    pannes: int = 0
    silence: bool = False
    etiquette: str = ETIQUETTE
    # Chaque étendue demandée, et l'étiquette exigée avec elle.
    demandes: list[tuple[str, str]] = field(default_factory=list)
    fini: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def reglages(self) -> dict[str, Any]:
        return {
            "sorte": "s3",
            "adresse": f"http://127.0.0.1:{self.port}",
            "region": "x",
            "identifiant": "a",
            "cle": "b",
            "compartiment": "c",
        }


class Reponse(BaseHTTPRequestHandler):
    service: ServiceQuiCoupe

    def do_HEAD(self) -> None:
        self.repondre(200, self.octets())

    def do_GET(self) -> None:
        etendue, exigee = self.headers["Range"], self.headers.get("If-Match", "")
        self.service.demandes.append((etendue, exigee))
        if exigee and exigee != self.service.etiquette:
            return self.repondre(412, b"")
        debut, _, fin = etendue.removeprefix("bytes=").partition("-")
        rendus = self.octets()[int(debut) : int(fin) + 1 if fin else None]
        self.repondre(206, rendus)
        # Qui a cessé d'attendre a raccroché.
        with suppress(OSError):
            self.verser(rendus)

    def verser(self, rendus: bytes) -> None:
        if not (self.service.pannes and rendus):
            self.wfile.write(rendus)
            return
        self.service.pannes -= 1
        self.wfile.write(rendus[: min(PEU, len(rendus) // 2)])
        self.wfile.flush()
        self.service.fini.wait(30 if self.service.silence else 0)

    def octets(self) -> bytes:
        return self.service.lire(self.path.removeprefix("/c/"))

    def repondre(self, statut: int, octets: bytes) -> None:
        self.send_response(statut)
        self.send_header("Content-Length", str(len(octets)))
        self.send_header("ETag", self.service.etiquette)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Rien : un essai n'en dit pas tant."""


@contextmanager
def s3_qui_coupe(lire: Callable[[str], bytes]) -> Iterator[ServiceQuiCoupe]:
    service = ServiceQuiCoupe(lire)
    reponse = type("ReponseDuService", (Reponse,), {"service": service})
    with ThreadingHTTPServer(("127.0.0.1", 0), reponse) as serveur:
        service.port = int(serveur.server_address[1])
        threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield service
        finally:
            service.fini.set()
            serveur.shutdown()

"""Un prestataire d'horodatage, qui répond comme on le lui demande."""

import hashlib
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import tsp

from sceau import timestamp


class Prestataire:
    """Un service d'horodatage sur cette machine :
    une vraie autorité, et le comportement qu'on lui demande.
    """

    def __init__(self) -> None:
        self.maintenant = datetime.now(UTC)
        self.autorite = timestamp.Authority.create(self.maintenant, "Prestataire d'essai")
        self.comportement = "normal"
        self.demandes = 0
        serveur = self.serveur = ThreadingHTTPServer(("127.0.0.1", 0), self.repondeur())
        threading.Thread(target=serveur.serve_forever, args=[0.02], daemon=True).start()
        self.adresse = f"http://127.0.0.1:{serveur.server_port}/tsa"

    def repondeur(prestataire):
        class Repondeur(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                corps = self.rfile.read(int(self.headers["Content-Length"]))
                prestataire.demandes += 1
                statut, octets = prestataire.repondre(corps)
                self.send_response(statut)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, *_: object) -> None:
                pass

        return Repondeur

    def repondre(self, corps: bytes) -> tuple[int, bytes]:
        demande = tsp.TimeStampReq.load(corps).native
        empreinte, alea = demande["message_imprint"]["hashed_message"], demande["nonce"]
        if self.comportement == "panne":
            return 503, b"en panne"
        if self.comportement == "autre empreinte":
            empreinte = hashlib.sha256(b"autre chose").digest()
        if self.comportement == "autre alea":
            alea += 1
        if self.comportement == "charabia":
            return 200, b"<html>portail captif</html>"
        if self.comportement == "bavard":
            return 200, bytes(100_000)
        return 200, self.autorite.respond(timestamp.request(empreinte, alea), self.maintenant)

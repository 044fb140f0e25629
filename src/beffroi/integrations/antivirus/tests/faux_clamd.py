"""Un clamd de test, sur une prise de cette machine :
il lit INSTREAM comme le vrai, et répond ce qu'on lui dit.
"""

import socketserver
import struct
import threading
from contextlib import contextmanager

from beffroi.seance.antivirus.tests.eicar import EICAR

VERSION = b"ClamAV 1.4.6/27800/Mon Nov  2 2026\0"


class Session(socketserver.BaseRequestHandler):
    def handle(self):
        commande = self.lire_la_commande()
        if commande == b"zVERSION":
            self.request.sendall(VERSION)
        elif commande == b"zINSTREAM":
            self.repondre()

    def lire_la_commande(self):
        octets = b""
        while not octets.endswith(b"\0"):
            recu = self.request.recv(1)
            if not recu:
                return octets
            octets += recu
        return octets[:-1]

    def exactement(self, combien):
        octets = b""
        while len(octets) < combien:
            recu = self.request.recv(combien - len(octets))
            if not recu:
                raise ConnectionError("coupé")
            octets += recu
        return octets

    def repondre(self):
        contenu = b""
        while taille := struct.unpack("!L", self.exactement(4))[0]:
            contenu += self.exactement(taille)
            if len(contenu) > self.server.limite:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.recus.append(contenu)
        trouve = b"Eicar-Test-Signature FOUND" if EICAR in contenu else b"OK"
        self.request.sendall(b"stream: " + (self.server.reponse or trouve) + b"\0")


@contextmanager
def faux_clamd(*, reponse=b"", limite=10**9):
    """Donne (adresse, serveur) ; `serveur.recus` garde les octets reçus."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as serveur:
        serveur.reponse, serveur.limite, serveur.recus, serveur.daemon_threads = (
            reponse,
            limite,
            [],
            True,
        )
        fil = threading.Thread(
            target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        fil.start()
        try:
            yield f"tcp://127.0.0.1:{serveur.server_address[1]}", serveur
        finally:
            serveur.shutdown()
            fil.join()

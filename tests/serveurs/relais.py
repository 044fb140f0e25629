"""Une adresse qui ne change pas, devant un serveur qui change : une adresse flottante."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

BLOC = 1 << 16


class Liaison(BaseRequestHandler):
    server: "Relais"

    def handle(self) -> None:
        # Personne au bout : la liaison se ferme, comme d'une machine qui n'a rien à cette adresse.
        with suppress(OSError), socket.create_connection(self.server.vers, timeout=2) as autre:
            autre.settimeout(None)
            retour = threading.Thread(target=verser, args=(autre, self.request), daemon=True)
            retour.start()
            verser(self.request, autre)
            retour.join()


def verser(de: socket.socket, vers: socket.socket) -> None:
    with suppress(OSError):
        while octets := de.recv(BLOC):
            vers.sendall(octets)
    for prise in (de, vers):
        with suppress(OSError):
            prise.shutdown(socket.SHUT_RDWR)


class Relais(ThreadingTCPServer):
    """`vers` se change en marche : les liaisons neuves y vont."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, vers: int) -> None:
        super().__init__(("127.0.0.1", 0), Liaison)
        self.vers = ("127.0.0.1", vers)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def relais(vers: int) -> Iterator[Relais]:
    with Relais(vers) as tenu:
        threading.Thread(target=tenu.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield tenu
        finally:
            tenu.shutdown()

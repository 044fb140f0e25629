"""Le coffre, joint par les autres nœuds : TLS mutuel, une demande par connexion, rien d'autre."""

import errno
import json
import logging
import socketserver
import ssl
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any, Self

from beffroi.seance.coffre import identite
from beffroi.seance.coffre.messages import TAILLE_D_UNE_LIGNE, reponse

DELAI_S = 10.0
DEMANDES_A_LA_FOIS = 32
# Le coffre d'avant meurt avec le service d'avant, et rend le port.
ATTENTE_DU_PORT_S = 10.0
RIEN = b"\n"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Annonce:
    """Où le coffre se fait joindre des autres nœuds, et l'identité qu'ils partagent (PEM)."""

    hote: str
    port: int
    pem: str

    def ligne(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def lue(cls, ligne: bytes) -> Self | None:
        return cls(**json.loads(ligne)) if ligne.strip() else None


class Demande(socketserver.StreamRequestHandler):
    """Une connexion : la poignée de main, une ligne lue, une ligne rendue."""

    server: "Ecoute"
    timeout = DELAI_S

    def setup(self) -> None:
        # Dans le fil de la demande : une poignée de main lente n'en retient aucune autre.
        self.request.settimeout(DELAI_S)
        self.request = self.server.contexte.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self.wfile.write(reponse(self.server.coffre, self.rfile.readline(TAILLE_D_UNE_LIGNE)))


class Ecoute(socketserver.ThreadingTCPServer):
    """Le guichet du coffre sur le réseau des nœuds."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, adresse: tuple[str, int], *, coffre: Any, pem: bytes) -> None:
        self.coffre = coffre
        self.contexte = identite.contexte(pem, cote=ssl.PROTOCOL_TLS_SERVER)
        self._places = threading.BoundedSemaphore(DEMANDES_A_LA_FOIS)
        super().__init__(adresse, Demande)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Au-delà de ses places, une demande est fermée : l'autre nœud la refait."""
        return self._places.acquire(blocking=False)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Un inconnu qui frappe, une ligne illisible : rien ne lui est répondu."""
        logger.info("Une demande au coffre, venue de %s, n'a pas abouti.", client_address[0])


def ouvrir(annonce: Annonce, coffre: Any) -> Ecoute:
    """Prend le port annoncé ; s'il est à un autre, le coffre ne se lance pas : les autres nœuds
    croiraient lui parler.
    """
    echeance = time.monotonic() + ATTENTE_DU_PORT_S
    while True:
        try:
            return Ecoute((annonce.hote, annonce.port), coffre=coffre, pem=annonce.pem.encode())
        except OSError as cause:
            if cause.errno != errno.EADDRINUSE or time.monotonic() > echeance:
                logger.error(
                    "Le coffre ne peut pas écouter sur %s:%s : %s. Changez BEFFROI_COFFRE_ECOUTE, "
                    "ou libérez ce port.",
                    annonce.hote,
                    annonce.port,
                    cause.strerror,
                )
                raise SystemExit(1) from cause
            time.sleep(0.2)

"""Un serveur de courriel qui suit un scénario :
à chaque message, il accepte, refuse, ou meurt où on le lui dit.
"""

from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from beffroi.integrations.smtp.adapter import EnvoiUneFois

CHEMIN = f"{EnvoiUneFois.__module__}.{EnvoiUneFois.__qualname__}"


class Serveur:
    """`scenario` : ce que fait le serveur à chaque envoi ; vide, il accepte."""

    def __init__(self, *scenario: str) -> None:
        self.scenario = deque(scenario)
        self.recus: list[EmailMessage] = []
        self.essais = 0

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.essais += 1
        self.geste = self.scenario.popleft() if self.scenario else "accepter"
        if self.geste.startswith("destinataire "):
            return self.geste.partition(" ")[2]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.geste.startswith("corps "):
            return self.geste.partition(" ")[2]
        self.recus.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.geste == "prendre et mourir":
            server.transport.abort()
        return "250 OK"


class ServeurDEssai(Controller):
    """Le même, dans son fil, sur un port libre ou sur celui qu'on lui rend."""

    def __init__(self, serveur: Serveur, port: int = 0) -> None:
        super().__init__(serveur, hostname="127.0.0.1", port=port, ready_timeout=10)

    def _trigger_server(self) -> None:
        """Le port libre n'est connu qu'une fois pris."""
        if self.port == 0 and self.server is not None:
            self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def viser(settings, port):
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": CHEMIN, "OPTIONS": options}}

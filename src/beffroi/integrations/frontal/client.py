"""Ce que le public reçoit par le serveur frontal, et ce qui en arrive à la plateforme."""

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from beffroi.service.disponibilite.frontal import Arrivee, Dehors

DELAI_S = 30.0
ARRIVEE = "/serveur-frontal/arrivee"
# Un nœud répond aussitôt au début de cet envoi-là ; un frontal qui le garde se tait. Un nœud chargé
# tarde aussi : le silence ne compte qu'après avoir vu aboutir ces demandes, parties plus tard.
SILENCE_S = 2.0
DEMANDES_TEMOINS = 3
TREIZE_MO = b"\0" * (13 << 20)
NOM_CHOISI = "0123456789abcdef0123456789abcdef"
COMMENCE = (
    "POST {ou} HTTP/1.1\r\nHost: {hote}\r\nAuthorization: Bearer {jeton}\r\n"
    "Content-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n"
)
# Assez pour qu'un frontal qui passe à mesure ait de quoi remplir sa mémoire, et parte.
DEBUT = b"\0" * (64 << 10)


class Injoignable(Exception):
    """L'adresse publique ne mène pas à cette plateforme : pourquoi."""


@dataclass(frozen=True)
class Frontal:
    """L'adresse publique, à qui l'on se fie pour son certificat, et de quoi se faire reconnaître
    de la plateforme.
    """

    adresse: str
    confiance: ssl.SSLContext
    jeton: str

    def arrivee(self) -> Arrivee:
        """Ce que portait notre demande ; rien, si la plateforme n'a pas reconnu son nom."""
        reponse = self.demander("GET", ARRIVEE, headers={"Authorization": f"Bearer {self.jeton}"})
        if reponse.status_code == HTTPStatus.BAD_REQUEST:
            return Arrivee()
        if reponse.status_code == HTTPStatus.NOT_FOUND:
            raise Injoignable(
                "une autre plateforme répond à cette adresse, ou un nœud qui n'a pas la clé "
                "de celui-ci"
            )
        if not reponse.is_success:
            raise Injoignable(f"il répond {reponse.status_code} : aucun nœud ne le sert")
        return Arrivee(**reponse.json())

    def dehors(self) -> Dehors:
        page = self.demander("GET", "/heure", headers={"X-Request-ID": NOM_CHOISI})
        tls, dialogue = self.liaison()
        return Dehors(
            hsts=page.headers.get("Strict-Transport-Security", ""),
            csp=page.headers.get("Content-Security-Policy", ""),
            nom_choisi=NOM_CHOISI in page.headers.get("X-Request-ID", ""),
            dialogue=dialogue,
            tls=tls,
            debordement=self.debordement(),
            envoi_retenu=self.envoi_retenu(),
        )

    def demander(self, verbe: str, chemin: str, **demande: object) -> httpx.Response:
        try:
            with httpx.Client(verify=self.confiance, timeout=DELAI_S, trust_env=False) as client:
                return client.request(verbe, self.adresse + chemin, **demande)  # type: ignore[arg-type]
        except httpx.TransportError as erreur:
            raise Injoignable(f"{erreur}") from erreur

    def debordement(self) -> int:
        """Le statut d'un envoi que rien n'attend ; 0 si la liaison a été fermée avant la fin."""
        with suppress(Injoignable):
            return self.demander("POST", "/heure", content=TREIZE_MO).status_code
        return 0

    def liaison(self) -> tuple[str | None, str | None]:
        """La version de TLS, et le dialogue convenu ; rien, en clair."""
        with self.prise(("h2", "http/1.1")) as prise:
            if not isinstance(prise, ssl.SSLSocket):
                return None, None
            return prise.version(), prise.selected_alpn_protocol() or ""

    def envoi_retenu(self) -> bool:
        """Le début d'un envoi, puis rien : qui répond n'attendait pas la suite."""
        with self.prise(("http/1.1",)) as prise:
            prise.settimeout(SILENCE_S)
            hote = urlsplit(self.adresse).netloc
            entetes = COMMENCE.format(ou=ARRIVEE, hote=hote, jeton=self.jeton)
            prise.sendall(entetes.encode("ascii") + DEBUT)
            for _ in range(DEMANDES_TEMOINS):
                self.demander("GET", "/heure")
            with suppress(TimeoutError):
                prise.recv(1)
                return False
        return True

    def prise(self, dialogues: tuple[str, ...]) -> socket.socket:
        parties = urlsplit(self.adresse)
        chiffree = parties.scheme == "https"
        hote = parties.hostname or ""
        port = parties.port or (443 if chiffree else 80)
        prise = socket.create_connection((hote, port), timeout=DELAI_S)
        if not chiffree:
            return prise
        self.confiance.set_alpn_protocols(list(dialogues))
        return self.confiance.wrap_socket(prise, server_hostname=hote)

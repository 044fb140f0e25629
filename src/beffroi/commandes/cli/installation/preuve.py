"""La fin de l'installation : le site répond en https, sous un certificat qui s'admet."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation import frontal
from beffroi.commandes.cli.installation.choix import INTERNE, Certificat, Choix
from beffroi.commandes.cli.installation.systeme import appeler

ATTENTE_DU_NOEUD_S = 120
ATTENTE_DU_CERTIFICAT_S = 120
ATTENTE_D_UNE_REPONSE_S = 10


class ParCetteMachine(http.client.HTTPSConnection):
    """Le nom du site, demandé à cette machine : d'ici, le DNS public mène souvent ailleurs."""

    def connect(self) -> None:
        liaison = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        chiffrer = self._context.wrap_socket  # type: ignore[attr-defined]
        self.sock = chiffrer(liaison, server_hostname=self.host)


def attendre(essai: Callable[[], None], *, secondes: int, sinon: Callable[[str], str]) -> None:
    """Recommence jusqu'à réussir ; dit à la fin le dernier refus, et quoi faire."""
    fin = time.monotonic() + secondes
    while True:
        try:
            return essai()
        except (OSError, http.client.HTTPException, ErreurDeCommande) as refus:
            if time.monotonic() > fin:
                raise ErreurDeCommande(sinon(str(refus))) from refus
        time.sleep(1)


def exiger_pret(connexion: http.client.HTTPConnection, site: str) -> None:
    connexion.request("GET", "/pret", headers={"Host": site})
    reponse = connexion.getresponse()
    corps = reponse.read()
    connexion.close()
    if reponse.status == http.HTTPStatus.OK:
        return
    parties = json.loads(corps) if reponse.headers.get_content_type() == "application/json" else {}
    manques = ", ".join(nom for nom, va in parties.items() if va is False and nom != "pret")
    raise ErreurDeCommande(f"/pret répond {reponse.status} ({manques or 'le nœud ne répond pas'})")


def que_le_noeud_serve(choix: Choix) -> None:
    attendre(
        lambda: exiger_pret(
            http.client.HTTPConnection("127.0.0.1", 8000, timeout=ATTENTE_D_UNE_REPONSE_S),
            choix.site,
        ),
        secondes=ATTENTE_DU_NOEUD_S,
        sinon=lambda refus: (
            f"la plateforme ne sert pas ({refus}). Elle dit :\n    {dires('beffroi@serve')}"
        ),
    )


def que_le_site_reponde(choix: Choix) -> None:
    attendre(
        lambda: exiger_pret(
            ParCetteMachine(
                choix.site, 443, timeout=ATTENTE_D_UNE_REPONSE_S, context=confiance(choix)
            ),
            choix.site,
        ),
        secondes=ATTENTE_DU_CERTIFICAT_S,
        sinon=lambda refus: pourquoi(choix, refus),
    )


def confiance(choix: Choix) -> ssl.SSLContext:
    """Ce que tout navigateur admet, et l'autorité que l'on vient de choisir si c'est une d'ici."""
    contexte = ssl.create_default_context()
    if isinstance(choix.certificat, Certificat):
        contexte.load_verify_locations(frontal.CERTIFICAT / "chaine.pem")
    if choix.certificat == INTERNE and frontal.AUTORITE_DE_CADDY.exists():
        contexte.load_verify_locations(frontal.AUTORITE_DE_CADDY)
    return contexte


def pourquoi(choix: Choix, refus: str) -> str:
    if isinstance(choix.certificat, Certificat):
        return (
            f"https://{choix.site} ne répond pas bien ({refus}). Vérifiez que le certificat donné "
            f"porte ce nom et vaut encore (openssl x509 -text -in {frontal.CERTIFICAT}/chaine.pem)."
        )
    return (
        f"https://{choix.site} ne répond pas bien ({refus}). Pour un certificat automatique, ce "
        "nom doit mener à cette machine, et ses ports 80 et 443 se joindre du dehors ; sinon, "
        f"donnez le vôtre : --certificat « chaine.pem cle.pem ». Caddy dit :\n    {dires('caddy')}"
    )


def dires(service: str) -> str:
    """Les derniers mots d'un service, sans ceux de qui le relance."""
    du_service = (f"_SYSTEMD_UNIT={service}.service", "_TRANSPORT=stdout")
    lignes = appeler("journalctl", "--no-pager", "--output=cat", "--lines=3", *du_service)
    return "\n    ".join(ligne[:400] for ligne in lignes.splitlines())

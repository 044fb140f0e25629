"""Essayer une réponse avant de s'en servir : le fichier se lit, le serveur répond."""

import socket
import ssl
from functools import singledispatch

from cryptography import x509

from beffroi.commandes.cli.installation.choix import Certificat, ChoixIllisible, Horodatage, Smtp

ATTENTE_S = 5


@singledispatch
def eprouver(choix: object) -> None:
    """Ce qui ne s'essaie pas d'ici se verra en https, à la fin."""


@eprouver.register
def _(choix: Smtp) -> None:
    try:
        socket.create_connection((choix.hote, choix.port), timeout=ATTENTE_S).close()
    except OSError as erreur:
        raise ChoixIllisible(
            f"{choix.hote} ne répond pas au port {choix.port} ({erreur.strerror or erreur}). "
            "Vérifiez le nom et le pare-feu, ou répondez « aucun » : le serveur se "
            "donne plus tard, par --courriel."
        ) from erreur


@eprouver.register
def _(choix: Horodatage) -> None:
    try:
        x509.load_pem_x509_certificates(choix.racines.read_bytes())
    except (OSError, ValueError) as erreur:
        raise ChoixIllisible(
            f"{choix.racines} n'est pas un fichier PEM de certificats qui se lise ({erreur})."
        ) from erreur


@eprouver.register
def _(choix: Certificat) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(choix.chaine, choix.cle)
    except (OSError, ValueError) as erreur:
        raise ChoixIllisible(
            f"{choix.chaine} et {choix.cle} ne sont pas un certificat et sa clé, ou ne se lisent "
            f"pas ({erreur})."
        ) from erreur

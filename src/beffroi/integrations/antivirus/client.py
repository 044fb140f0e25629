"""Parler à clamd par sa commande INSTREAM (clamd(8)) :
le fichier part par blocs, rien ne s'écrit sur son disque.
"""

import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

BLOC = 256 * 1024
REPONSE_AU_PLUS = 4096
PORT = 3310


class AdresseInconnue(ValueError):
    """L'adresse n'est ni `tcp://hôte:port`, ni `unix:/chemin`."""


def instream(adresse: str, flux: BinaryIO, *, delai_s: float) -> str:
    """Envoie tout le flux et rend la réponse, sans le préfixe `stream: ` ;
    lève `OSError` si le service se tait.
    """
    with _connecter(adresse, delai_s=delai_s) as lien:
        try:
            _envoyer(lien, flux)
        except (BrokenPipeError, ConnectionResetError):
            # clamd coupe dès que le flux passe sa limite :
            # sa phrase est déjà là, il reste à la lire.
            pass
        return _reponse(lien).removeprefix("stream: ")


def _envoyer(lien: socket.socket, flux: BinaryIO) -> None:
    lien.sendall(b"zINSTREAM\0")
    while bloc := flux.read(BLOC):
        lien.sendall(struct.pack("!L", len(bloc)) + bloc)
    lien.sendall(struct.pack("!L", 0))


def version(adresse: str, *, delai_s: float) -> str:
    """Le moteur et la date de ses signatures, tels que clamd les dit."""
    with _connecter(adresse, delai_s=delai_s) as lien:
        lien.sendall(b"zVERSION\0")
        return _reponse(lien)


def _connecter(adresse: str, *, delai_s: float) -> socket.socket:
    lieu = urlsplit(adresse)
    if lieu.scheme == "unix" and lieu.path:
        lien = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        lien.settimeout(delai_s)
        try:
            lien.connect(lieu.path)
        except OSError:
            lien.close()
            raise
        return lien
    if lieu.scheme == "tcp" and lieu.hostname:
        return socket.create_connection((lieu.hostname, lieu.port or PORT), timeout=delai_s)
    raise AdresseInconnue(adresse)


def _reponse(lien: socket.socket) -> str:
    octets = b""
    while not octets.endswith(b"\0") and len(octets) <= REPONSE_AU_PLUS:
        recu = lien.recv(REPONSE_AU_PLUS)
        if not recu:
            break
        octets += recu
    return octets.rstrip(b"\0\n").decode("utf-8", "replace")

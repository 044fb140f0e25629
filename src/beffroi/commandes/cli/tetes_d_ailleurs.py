"""Retrouver une tête signée là où quelqu'un l'a gardée : le fichier de la dernière fois, ce qu'un
témoin a signé, un récépissé, le courriel qui l'apportait.

Un registre dont on coupe la fin, lignes et écritures ensemble, s'accorde avec lui-même : seule une
tête d'ailleurs, plus longue que lui, le contredit.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from sceau import SealError, receipt

# Un récépissé porte son PDF et ses preuves ; un courriel, le récépissé.
OCTETS_AU_PLUS = 32 << 20
# C2SP tlog-checkpoint : l'origine, la taille, la racine, une ligne vide, puis les signatures.
NOTE = re.compile(r"^[^\n—]+\n[0-9]+\n[A-Za-z0-9+/]{43}=\n(?:[^\n]+\n)*\n(?:— [^\n]+\n)+", re.M)


def lues(fichier: Path) -> list[str]:
    """Toutes celles qu'il contient ; aucune s'il n'existe pas encore."""
    try:
        with fichier.open("rb") as flux:
            octets = flux.read(OCTETS_AU_PLUS)
    except FileNotFoundError:
        return []
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible de lire la tête gardée dans {fichier} : {erreur}."
        ) from erreur
    trouvees = list(dans(octets))
    if octets.strip() and not trouvees:
        raise ErreurDeCommande(
            f"{fichier} ne contient aucune tête signée. Donnez le fichier gardé par --tete, ce "
            "qu'un témoin a signé, un récépissé (recu.zip), ou le courriel qui l'apportait."
        )
    return trouvees


def dans(octets: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(octets)):
        yield from _d_un_recepisse(octets)
        return
    yield from _d_un_texte(octets.decode("utf-8", "replace"))
    message = message_from_bytes(octets, policy=policy.default)
    for piece in message.walk() if message.is_multipart() else ():
        if piece.is_multipart():
            continue
        contenu = piece.get_payload(decode=True)
        if isinstance(contenu, bytes):
            yield from dans(contenu)


def _d_un_recepisse(octets: bytes) -> Iterator[str]:
    try:
        yield receipt.leaf(io.BytesIO(octets))[2]
    except SealError:
        return


def _d_un_texte(texte: str) -> Iterator[str]:
    yield from NOTE.findall(texte.replace("\r\n", "\n"))


def est_la_notre(fichier: Path) -> bool:
    """Ce fichier n'est que la tête que cette commande y a gardée : la neuve peut la remplacer.

    Un récépissé, un courriel, ce qu'un témoin a signé ne se récrivent pas.
    """
    if not fichier.exists():
        return True
    try:
        texte = fichier.read_text("utf-8")
    except UnicodeDecodeError:
        return False
    return not texte.strip() or (bool(NOTE.fullmatch(texte)) and texte.count("\n— ") == 1)

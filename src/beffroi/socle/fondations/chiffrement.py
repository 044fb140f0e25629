"""Ce que le service chiffre pour lui seul, par une clé tirée de la sienne : une par usage.

Les pièces au repos, d'abord : chiffrées par une clé que le stockage n'a pas.

Un disque, un compartiment S3 ou une sauvegarde du stockage, seuls, n'en disent rien. Le
service, lui, peut les lire : il les rend à leur entreprise. Ce n'est pas le scellement d'une
réponse, et la page le dit.
"""

import base64
import hashlib
import io

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.utils.encoding import force_bytes

from beffroi.socle.fondations import cles_du_service
from beffroi.socle.fondations.stockage import StockageEnPanne, stockage

# Ce n'est l'empreinte de rien.
ALTERE = "altéré"
PIECES = "beffroi.pieces/1"


def ranger(cle: str, octets: bytes) -> None:
    stockage().ecrire(cle, io.BytesIO(chiffre(PIECES).encrypt(octets)))


def reprendre(cle: str, *, sha256: str) -> bytes:
    """Le fichier clair, le même octet pour octet que celui qu'on a
    reçu ; sinon, la panne se dit.
    """
    try:
        octets = _clair(cle)
    except InvalidToken as erreur:
        raise StockageEnPanne(
            "Cette pièce ne se déchiffre plus. Appelez l'assistance.", permanent=True
        ) from erreur
    if hashlib.sha256(octets).hexdigest() != sha256:
        raise StockageEnPanne(
            "Cette pièce n'est plus celle qui a été gardée. Appelez l'assistance.", permanent=True
        )
    return octets


def empreinte_du_clair(cle: str) -> str:
    """Le SHA-256 de ce qui a été rangé ; vide si rien ne se lit plus sous cette clé,
    `ALTERE` si cela ne se déchiffre plus.
    """
    try:
        return hashlib.sha256(_clair(cle)).hexdigest()
    except InvalidToken:
        return ALTERE
    except (OSError, LookupError):
        return ""


def _clair(cle: str) -> bytes:
    with stockage().lire(cle) as flux:
        return chiffre(PIECES).decrypt(flux.read())


def chiffre(usage: str) -> MultiFernet:
    """Ce qui chiffre et déchiffre pour cet usage, et pour lui seul (`beffroi.pieces/1`).

    La clé se déduit de celle du service ; sous les anciennes, tout reste lisible.
    """
    cles = cles_du_service.toutes()
    return MultiFernet([Fernet(_cle_derivee(cle, usage)) for cle in cles])


def _cle_derivee(cle: str | bytes, usage: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(force_bytes(usage) + force_bytes(cle)).digest())

"""Garder des octets, sur un disque ou dans un service S3, sous des clés que personne ne choisit.

    from beffroi.socle.fondations.stockage import stockage, nouvelle_cle

    cle = nouvelle_cle("dce")
    ecrit = stockage().ecrire(cle, flux)          # durable quand l'appel revient
    with stockage().lire(cle, debut=0) as flux: …

Un gros fichier s'envoie par parties :
`commencer`, `ecrire_partie` (ou l'adresse de `cible_de_partie`), `achever`.
"""

import hashlib
import secrets
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.socle.fondations.stockage.protocole import (
    BlobStore,
    Cible,
    CleInconnue,
    Ecrit,
    Envoi,
    Partie,
    PartieRefusee,
    StockageEnPanne,
)

__all__ = [
    "BlobStore",
    "Cible",
    "CleInconnue",
    "Ecrit",
    "Envoi",
    "Partie",
    "PartieRefusee",
    "StockageEnPanne",
    "empreinte_gardee",
    "nouvelle_cle",
    "stockage",
]


@cache
def stockage() -> BlobStore:
    """Le stockage que les réglages désignent."""
    reglages: dict[str, Any] = settings.STOCKAGE
    if reglages["sorte"] == "s3":
        from beffroi.socle.fondations.stockage.s3 import S3Store

        return S3Store.selon(reglages)
    disque: BlobStore = import_string(reglages["disque"])(reglages["dossier"])
    return disque


def nouvelle_cle(prefixe: str) -> str:
    """Une clé de stockage tirée au sort : aucun nom donné par une personne n'y entre."""
    alea = secrets.token_hex(16)
    return f"{prefixe}/{alea[:2]}/{alea}"


def empreinte_gardee(cle: str) -> str:
    """Le SHA-256 des octets gardés sous cette clé ; vide s'ils ne se lisent plus."""
    condense = hashlib.sha256()
    try:
        with stockage().lire(cle) as flux:
            while bloc := flux.read(1 << 20):
                condense.update(bloc)
    except (OSError, LookupError):
        return ""
    return condense.hexdigest()

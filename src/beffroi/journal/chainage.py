"""Le lien entre les écritures et `sceau` : contenu canonique, jeton, feuille, nœuds, tête signée."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from beffroi.journal.models import Noeud
from sceau import log, receipt, timestamp


def canonique(contenu: Mapping[str, Any]) -> str:
    """Le JSON canonique (RFC 8785) d'un enregistrement."""
    return receipt.canonical(contenu).decode("utf-8")


def instant(le: datetime) -> str:
    """Un instant en UTC, à la microseconde : `2027-01-12T10:58:07.412000Z`."""
    return le.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def jeton_local(texte: str, *, le: datetime) -> bytes:
    """Le jeton d'horodatage que la plateforme donne tout de suite, sans dépendre de personne (RFC 3161)."""
    empreinte = hashlib.sha256(texte.encode()).digest()
    return autorite_locale().issue(empreinte, now=le)


def feuille(texte: str, jeton: bytes) -> bytes:
    """Les 64 octets publics d'une écriture : ils ne révèlent ni l'entreprise, ni la consultation."""
    return hashlib.sha256(texte.encode()).digest() + hashlib.sha256(jeton).digest()


def lire_noeud(niveau: int, indice: int) -> bytes:
    return bytes(Noeud.objects.values_list("empreinte", flat=True).get(niveau=niveau, indice=indice))


def nouveaux_noeuds(numero: int, donnees: bytes) -> list[Noeud]:
    """Les sous-arbres que cette feuille complète, prêts à être enregistrés."""
    complets = log.append_nodes(numero, log.leaf_hash(donnees), lire_noeud)
    return [Noeud(niveau=niveau, indice=indice, empreinte=empreinte) for niveau, indice, empreinte in complets]


def note_signee(taille: int) -> str:
    """La tête du journal à cette taille, signée (C2SP signed-note)."""
    corps = log.checkpoint(settings.JOURNAL["origine"], taille, log.root(taille, lire_noeud))
    return log.sign_note(corps, settings.JOURNAL["origine"], cle_du_journal())


@cache
def cle_du_journal() -> Ed25519PrivateKey:
    """La clé qui signe les têtes ; créée au premier besoin, gardée dans le dossier des clés."""
    fichier: Path = settings.JOURNAL["cle"]
    if not fichier.exists():
        ecrire_la_cle(fichier, Ed25519PrivateKey.generate())
    cle = load_pem_private_key(fichier.read_bytes(), password=None)
    if not isinstance(cle, Ed25519PrivateKey):
        raise TypeError(f"{fichier} ne contient pas une clé Ed25519.")
    return cle


def ecrire_la_cle(fichier: Path, cle: Ed25519PrivateKey) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fichier.touch(mode=0o600)
    fichier.write_bytes(cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@cache
def autorite_locale() -> timestamp.Authority:
    """L'autorité d'horodatage de l'installation ; créée au premier besoin."""
    dossier: Path = settings.HORODATAGE["dossier"]
    if not (dossier / "tsa.pem").exists():
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        timestamp.Authority.create(name=settings.SERVICE["nom"], now=datetime.now(UTC)).save(dossier)
    return timestamp.Authority.load(dossier)

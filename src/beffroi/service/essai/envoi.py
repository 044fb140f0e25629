"""L'aller-retour de 5 Mo : lire, compter, oublier. Rien n'est écrit, ni sur le disque, ni en base.

La limite porte sur ce que nous menons à la fois, jamais sur l'adresse d'où l'on vient : toute
une commune peut sortir par une seule. Au-delà, la page attend son tour ; le diagnostic
n'empêche jamais de déposer.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.core import signing

from beffroi.service.essai.rules import OCTETS_DE_L_ESSAI
from beffroi.socle.fondations.erreurs import ErreurMetier, LimiteDepassee

# Le fichier d'essai, plus ce que le sceau y ajoute.
OCTETS_AU_PLUS = OCTETS_DE_L_ESSAI + 100_000
ENVOIS_ENSEMBLE = 8
ATTESTATIONS_ENSEMBLE = 2
ATTENTE_D_UNE_ATTESTATION_S = 20
LECTURE_OCTETS = 64 * 1024
SEL = "beffroi.essai.envoi"
VALIDITE = timedelta(hours=1)

_envois = threading.BoundedSemaphore(ENVOIS_ENSEMBLE)
_attestations = threading.BoundedSemaphore(ATTESTATIONS_ENSEMBLE)


class ServiceDemande(ErreurMetier):
    """Trop de postes se testent en même temps ; rien d'autre n'est gêné."""

    statut = 429
    titre = "Beaucoup de postes se testent en ce moment"


@dataclass(frozen=True)
class Recu:
    """Ce que le serveur a vu passer."""

    octets: int
    sha256: str
    le: datetime


@contextmanager
def place(semaphore: threading.BoundedSemaphore, *, attente_s: float = 0) -> Iterator[None]:
    if not semaphore.acquire(timeout=attente_s):
        raise ServiceDemande("Recommencez dans un instant. Vous pouvez déposer sans ce test.")
    try:
        yield
    finally:
        semaphore.release()


def place_d_envoi() -> AbstractContextManager[None]:
    return place(_envois)


def place_d_attestation() -> AbstractContextManager[None]:
    return place(_attestations, attente_s=ATTENTE_D_UNE_ATTESTATION_S)


def compter(flux: BinaryIO, *, annonce: int, le: datetime) -> Recu:
    """Lit tout, n'en garde que le nombre et l'empreinte."""
    if annonce > OCTETS_AU_PLUS:
        raise LimiteDepassee(f"Le fichier d'essai fait au plus {OCTETS_AU_PLUS} octets.")
    somme, octets = hashlib.sha256(), 0
    while octets < annonce and (bloc := flux.read(min(LECTURE_OCTETS, annonce - octets))):
        somme.update(bloc)
        octets += len(bloc)
    return Recu(octets=octets, sha256=somme.hexdigest(), le=le)


def signer(recu: Recu) -> str:
    """De quoi le rappeler à l'heure de l'attestation sans l'avoir gardé."""
    return signing.dumps(
        {"octets": recu.octets, "sha256": recu.sha256, "le": recu.le.isoformat()}, salt=SEL
    )


def relire(texte: str) -> Recu | None:
    """Le reçu que nous avions signé il y a moins d'une heure ; sinon rien."""
    try:
        lu = signing.loads(texte, salt=SEL, max_age=VALIDITE)
    except signing.BadSignature:
        return None
    return Recu(octets=lu["octets"], sha256=lu["sha256"], le=datetime.fromisoformat(lu["le"]))

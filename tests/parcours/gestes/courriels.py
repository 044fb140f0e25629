"""Lire les courriels que l'ouvrier de la plateforme a envoyés."""

import email
import time
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

from tests.plateforme import Plateforme

PATIENCE_S = 30
TRAIT = b"-" * 79 + b"\n"


def lettre(plateforme: Plateforme, a: str, sujet: str) -> EmailMessage:
    """Le courriel arrivé à cette adresse, sous ce sujet."""
    fin = time.monotonic() + PATIENCE_S
    while time.monotonic() < fin:
        for recu in arrives(plateforme):
            if recu["To"] == a and recu["Subject"].startswith(sujet):
                return recu
        time.sleep(0.3)
    raise AssertionError(f"« {sujet} » n'est pas arrivé à {a}")


def arrives(plateforme: Plateforme) -> Iterator[EmailMessage]:
    """Deux envois de la même seconde peuvent partager un fichier : Django y met un trait entre."""
    for fichier in (plateforme.dossier / "courriels").glob("*"):
        for octets in fichier.read_bytes().split(TRAIT):
            if octets.strip():
                yield email.message_from_bytes(octets, policy=policy.default)


def texte_de(recu: EmailMessage) -> str:
    corps = recu.get_body(("plain",))
    assert corps is not None
    return str(corps.get_content())

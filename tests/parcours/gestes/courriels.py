"""Lire les courriels que l'ouvrier de la plateforme a envoyés."""

import email
import time
from email import policy
from email.message import EmailMessage

from tests.plateforme import Plateforme

PATIENCE_S = 30


def lettre(plateforme: Plateforme, a: str, sujet: str) -> EmailMessage:
    """Le courriel arrivé à cette adresse, sous ce sujet."""
    fin = time.monotonic() + PATIENCE_S
    while time.monotonic() < fin:
        for fichier in (plateforme.dossier / "courriels").glob("*"):
            recu = email.message_from_bytes(fichier.read_bytes(), policy=policy.default)
            if recu["To"] == a and recu["Subject"].startswith(sujet):
                return recu
        time.sleep(0.3)
    raise AssertionError(f"« {sujet} » n'est pas arrivé à {a}")


def texte_de(recu: EmailMessage) -> str:
    corps = recu.get_body(("plain",))
    assert corps is not None
    return str(corps.get_content())

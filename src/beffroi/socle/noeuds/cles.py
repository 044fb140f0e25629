"""Les clés d'un nœud, et leurs empreintes : la base sait de quelles clés elle se tient.

Un nœud qui en aurait d'autres, ou aucune, signerait les mêmes têtes d'une autre main : plus
personne ne vérifierait le registre, et rien ne le réparerait. Il ne démarre donc pas.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils.crypto import salted_hmac

from beffroi.socle.fondations import cles_du_service
from beffroi.socle.journal import chainage, releves

SEL = "beffroi.cle-de-la-base/1"


class Cle(NamedTuple):
    """Une clé que tous les nœuds partagent : son nom, où elle se tient, ses empreintes ici.

    Plusieurs empreintes : celle d'aujourd'hui, puis celles d'avant un changement. Aucune : la clé
    n'est pas là, et la lire la créerait.
    """

    usage: str
    ou: str
    empreintes: Callable[[], list[str]]


def _du_registre() -> list[str]:
    """La clé d'ici, puis celle dont elle prend la relève : les deux l'ont signé."""
    fichier: Path = settings.JOURNAL["cle"]
    if not fichier.exists():
        return []
    ici, posee = chainage.signataire().vkey, releves.lue()
    relevee = posee is not None and posee.dit.vouched and posee.dit.new == ici
    return [sha256(cle.encode()) for cle in (ici, *([posee.dit.old] if posee and relevee else []))]


def _de_l_horodatage() -> list[str]:
    """L'autorité d'ici, puis celles qu'elle a remplacées ; elle seule se refait, sans celle d'avant
    (`docs/exploitants/sauvegarder.md`).
    """
    racines = chainage.racines_rangees()
    if settings.HORODATAGE["cle"].exists():
        racines = chainage.autorites_locales()
    return [sha256(racine.public_bytes(Encoding.DER)) for racine in racines]


def _du_service() -> list[str]:
    return [empreinte_du_service(cle) for cle in cles_du_service.toutes()]


def empreinte_du_service(cle: str) -> str:
    return salted_hmac(SEL, "", secret=cle, algorithm="sha256").hexdigest()


def sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


# Ce que la base retient d'une clé du service remplacée : ses pièces ne se lisent que par elle.
SERVICE_D_AVANT = "service d'avant "
CLES = (
    Cle("registre", "cles/journal.txt, avec BEFFROI_JOURNAL_ORIGINE", _du_registre),
    Cle("horodatage", "cles/horodatage.pem", _de_l_horodatage),
    Cle("service", "BEFFROI_CLE_SECRETE, ou cles/django.txt", _du_service),
)


def service_d_avant(usage: str) -> Cle:
    """Une clé du service que la base a connue : elle reste à côté de la neuve."""
    return Cle(usage, "cles/django-precedentes", _du_service)

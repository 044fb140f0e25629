"""Le lien entre les clés et `sceau` :
lire un destinataire, recevoir et peser une part, fabriquer un canari.
"""

import hashlib
import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beffroi.personnes.cles.rules import OCTETS_D_UNE_PART
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.guichet.scripts import champ, octets
from sceau import Recipient, SealError, check_sealed, seal

OCTETS_D_UN_CANARI = 32


@dataclass(frozen=True)
class Destinataire:
    """La partie publique d'une clé, et les 32 signes que les gens comparent."""

    texte: str
    empreinte: str


@dataclass(frozen=True)
class Canari:
    """Un secret sans valeur, scellé pour une personne : qui le rend a pu ouvrir."""

    scelle: bytes
    empreinte: str


def lire_destinataire(texte: str) -> Destinataire:
    """Le destinataire `age1pq1…`, tel que le format l'écrit, et rien d'autre."""
    try:
        cle = Recipient.parse(texte)
    except SealError as erreur:
        raise RegleEnfreinte(
            "La clé publique reçue est illisible. Rechargez la page, puis recommencez."
        ) from erreur
    return Destinataire(texte=cle.encode(), empreinte=cle.fingerprint)


def exiger_une_part(contenu: bytes) -> None:
    """Une part est un fichier age d'une seule strophe hybride, à la taille exacte d'une part."""
    try:
        clair = check_sealed(contenu, len(contenu))
    except SealError as erreur:
        raise RegleEnfreinte(
            "Une part de clé est arrivée abîmée. Recommencez la création des clés."
        ) from erreur
    if clair != OCTETS_D_UNE_PART:
        raise RegleEnfreinte(
            "Une part de clé n'a pas la bonne taille. Recommencez la création des clés."
        )


def parts_recues[Porteur](
    recues: list[Mapping[str, Any]], porteurs: Mapping[str, Porteur]
) -> dict[Porteur, bytes]:
    """Chaque part scellée, rendue à son porteur."""
    parts = {}
    for recue in recues:
        porteur = porteurs.get(champ(recue, "reference", str))
        if porteur is None:
            raise ConflitEtat(
                "Les personnes ont changé pendant la création des clés. Rechargez la page."
            )
        parts[porteur] = octets(recue, "contenu")
    return parts


def fabriquer_un_canari(destinataire: str) -> Canari:
    """Un canari neuf : le serveur n'en garde que le scellé et l'empreinte."""
    secret, scelle = secrets.token_bytes(OCTETS_D_UN_CANARI), io.BytesIO()
    seal(io.BytesIO(secret), scelle, to=Recipient.parse(destinataire))
    return Canari(scelle=scelle.getvalue(), empreinte=empreinte_du_canari(secret))


def empreinte_du_canari(clair: bytes) -> str:
    return hashlib.sha256(clair).hexdigest()

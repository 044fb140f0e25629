"""À côté du dépôt, dans la même passe : ce que les mêmes octets coûtent sans nous.

Une copie nue, synchronisée, est ce que fait le disque. Un serveur d'envois repris (tus 1.0), si
l'on en donne un, est ce que fait un logiciel qui ne compte ni ne prouve rien. Debian n'en a pas :
on lance le sien, `@tus/server` par exemple, réglé pour synchroniser avant de répondre.
"""

import os
import statistics
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

import httpx

from beffroi.commandes.cli.erreurs import ErreurDeCommande

BLOC = 1 << 20
VERSION_DE_TUS = {"Tus-Resumable": "1.0.0"}
DELAI_S = 120


@dataclass
class ACote:
    """Les secondes de chaque façon, passe après passe."""

    envoi_s: list[float] = field(default_factory=list)
    copie_nue_s: list[float] = field(default_factory=list)
    tus_s: list[float] = field(default_factory=list)


def copier_nu(source: Path, cible: Path) -> None:
    """Lire, écrire, synchroniser ; ni empreinte, ni ligne en base."""
    with source.open("rb") as lu, cible.open("wb", buffering=0) as ecrit:
        while bloc := lu.read(BLOC):
            ecrit.write(bloc)
        os.fsync(ecrit.fileno())


def envoyer_a_tus(source: Path, adresse: str) -> None:
    """Créer l'envoi, puis tout lui donner d'un trait."""
    taille = source.stat().st_size
    with httpx.Client(timeout=DELAI_S, trust_env=False) as client:
        cree = client.post(adresse, headers={**VERSION_DE_TUS, "Upload-Length": str(taille)})
        if cree.status_code != HTTPStatus.CREATED:
            raise ErreurDeCommande(
                f"le serveur tus {adresse} a répondu {cree.status_code} à la création d'un envoi."
            )
        entetes = {
            **VERSION_DE_TUS,
            "Upload-Offset": "0",
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(taille),
        }
        with source.open("rb") as flux:
            envoye = client.patch(
                urljoin(adresse, cree.headers["Location"]), content=flux, headers=entetes
            )
    if envoye.status_code != HTTPStatus.NO_CONTENT:
        raise ErreurDeCommande(f"le serveur tus {adresse} a répondu {envoye.status_code}.")


def tableau(a_cote: ACote, *, mio: int) -> str:
    """Le débit de chacun, et la part que nous en atteignons, passe par passe."""
    lignes = [
        f"| {mio} Mio, {len(a_cote.envoi_s)} passes (médiane) | Mio/s | notre débit sur le sien |",
        "|---|---|---|",
        ligne("parties scellées, jusqu'à la base", a_cote.envoi_s, a_cote.envoi_s, mio=mio),
        ligne("copie nue, synchronisée", a_cote.copie_nue_s, a_cote.envoi_s, mio=mio),
    ]
    if a_cote.tus_s:
        lignes.append(ligne("serveur tus", a_cote.tus_s, a_cote.envoi_s, mio=mio))
    return "\n".join(lignes)


def ligne(nom: str, siennes: list[float], notres: list[float], *, mio: int) -> str:
    rapport = statistics.median(s / n for s, n in zip(siennes, notres, strict=True))
    return f"| {nom} | {mio / statistics.median(siennes):.0f} | {rapport:.2f} |"

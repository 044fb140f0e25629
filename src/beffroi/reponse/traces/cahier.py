"""Le cahier : un fichier par processus et par minute, où chaque trace est une ligne de JSON.

Ajouter une ligne ne demande ni base ni verrou. Une minute finie, plus rien ne s'y ajoute :
l'ouvrier le relève. Si le processus est tué, ce qui est écrit reste ; si la machine s'arrête net,
les dernières secondes peuvent manquer.
"""

import json
import logging
import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
DOSSIER = "cahiers"
UNE_MINUTE = timedelta(minutes=1)
# Un écrivain peut avoir lu l'heure juste avant la fin de la minute, et n'écrire qu'après.
ATTENTE = timedelta(seconds=30)
OCTETS_D_UNE_LIGNE = (
    4096  # une écriture de cette taille n'est pas coupée par une autre (POSIX, O_APPEND)
)


def ajouter(trace: dict[str, Any], *, le: datetime) -> bool:
    """Ajoute une trace ; faux si elle n'a pas pu l'être.

    Ne lève jamais : qui dépose n'a pas à le savoir.
    """
    # L'aléa : le chemin qui prouve une ligne montre l'empreinte de ses voisines,
    # qui ne doit rien en dire.
    marquee = {**trace, "le": le.isoformat(), "n": secrets.token_hex(8)}
    ligne = json.dumps(marquee, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    if len(ligne) > OCTETS_D_UNE_LIGNE:
        return False
    try:
        dossier = _dossier()
        dossier.mkdir(exist_ok=True)
        descripteur = os.open(dossier / _nom(le), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descripteur, ligne)
        finally:
            os.close(descripteur)
    except OSError:
        logger.exception("a trace could not be written")
        return False
    return True


def finis(le: datetime) -> Iterator[Path]:
    """Les cahiers où plus rien ne s'écrit, le plus ancien d'abord."""
    dossier = _dossier()
    if not dossier.is_dir():
        return
    for fichier in sorted(dossier.glob("*.jsonl")):
        minute = _minute(fichier)
        if minute is not None and minute + UNE_MINUTE + ATTENTE <= le:
            yield fichier


def lignes(contenu: bytes) -> list[dict[str, Any]]:
    """Chaque ligne, à son rang.

    Une ligne coupée par un arrêt garde sa place, et dit qu'elle ne se lit pas.
    """
    return [_lire(texte) for texte in textes(contenu)]


def textes(contenu: bytes) -> list[str]:
    """Les lignes telles qu'elles sont écrites : les feuilles de l'arbre du cahier."""
    return [en_texte(ligne) for ligne in contenu.split(b"\n") if ligne]


def en_texte(octets: bytes) -> str:
    """Ce qu'une base peut garder :
    une machine arrêtée net laisse des octets nuls, ou un signe à demi écrit.
    """
    return octets.decode("utf-8", errors="backslashreplace").replace("\x00", "\\x00")


def _lire(ligne: str) -> dict[str, Any]:
    try:
        lue = json.loads(ligne)
    except ValueError:
        return {}
    return lue if isinstance(lue, dict) else {}


def _dossier() -> Path:
    return Path(settings.DONNEES) / DOSSIER


def _nom(le: datetime) -> str:
    return f"{le:%Y%m%dT%H%M%z}-{os.getpid()}.jsonl"


def _minute(fichier: Path) -> datetime | None:
    try:
        return datetime.strptime(fichier.name.partition("-")[0], "%Y%m%dT%H%M%z")
    except ValueError:
        return None

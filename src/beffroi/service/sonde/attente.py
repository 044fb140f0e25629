"""Le fichier d'attente : ce que la sonde a mesuré pendant que la base ne répondait pas.

Rejoué dès qu'elle revient.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from beffroi.service.sonde.resultats import Passage


def fichier() -> Path:
    return Path(settings.DONNEES) / "sonde" / "attente.jsonl"


def garder(passage: Passage) -> None:
    """Ajoute une ligne, durable avant de rendre la main."""
    chemin = fichier()
    chemin.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with chemin.open("a", encoding="utf-8") as flux:
        flux.write(json.dumps(passage.en_json(), ensure_ascii=False) + "\n")
        flux.flush()
        os.fsync(flux.fileno())


def lire() -> Iterator[Passage]:
    """Ce qui attend, dans l'ordre. Une ligne coupée par un arrêt ne cache pas les autres."""
    chemin = fichier()
    if not chemin.exists():
        return
    for ligne in chemin.read_text("utf-8", "replace").splitlines():
        try:
            yield Passage.de_json(json.loads(ligne))
        except (ValueError, KeyError, TypeError):
            continue


def vider() -> None:
    fichier().unlink(missing_ok=True)

"""Qui peut lire les mesures du service, et où ses processus les tiennent."""

import os
from pathlib import Path
from typing import Any

from beffroi.socle.fondations.reglages import ReglageIllisible
from config.env import env_secret

JETON_AU_MOINS = 32
JETON = env_secret(
    "BEFFROI_METRIQUES_JETON",
    "",
    (
        "Jeton avec lequel Prometheus lit /metrics (Authorization: Bearer …), 32 signes au moins ; "
        "vide : rien n'y est servi, ni compté."
    ),
)
if JETON and len(JETON) < JETON_AU_MOINS:
    raise ReglageIllisible(
        f"BEFFROI_METRIQUES_JETON est trop court : écrivez {JETON_AU_MOINS} signes au moins."
    )


def metriques(donnees: Path) -> dict[str, Any]:
    """Chaque processus web tient ses comptes dans un fichier de ce dossier ; la bibliothèque les
    additionne, et lit ce dossier de l'environnement.
    """
    dossier = donnees / "metriques"
    if JETON:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(dossier)
    return {"jeton": JETON, "dossier": dossier}

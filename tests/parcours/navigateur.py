"""Le vrai Chromium des parcours, sans fenêtre s'il le peut :
une fenêtre que nul ne regarde coûte du temps à chaque page.
"""

import os
import shutil

import pytest

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMMANDES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chemin_du_chromium() -> str:
    """Le chemin d'un Chromium ; `BEFFROI_CHROMIUM` en impose un.

    Sans aucun, le test est passé, en le disant.
    """
    trouve = next(
        filter(None, map(shutil.which, (os.environ.get("BEFFROI_CHROMIUM", ""), *COMMANDES))), None
    )
    if trouve is None:
        pytest.skip(
            "aucun Chromium sur cette machine : les parcours au navigateur n'ont pas été joués"
        )
    return trouve

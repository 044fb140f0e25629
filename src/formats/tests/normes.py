"""Où sont les fichiers officiels, pour les tests qui s'y mesurent :
à côté du dépôt, jamais dedans.
"""

import os
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[3]
NORMES = Path(os.environ.get("BEFFROI_TEST_STANDARDS") or RACINE.parent / "shared" / "standards")
KIT = NORMES / "eforms" / "sdk-1.15.1"
MOTEUR = NORMES / "eforms" / "moteur-1.14.2"

avec_les_normes = pytest.mark.skipif(
    not KIT.exists(),
    reason=(
        f"les fichiers officiels ne sont pas installés ({KIT}) : "
        "ce contrôle par l'autorité n'a pas été fait"
    ),
)
avec_les_rapports = pytest.mark.skipif(
    not MOTEUR.exists(),
    reason=(
        f"les rapports de référence ne sont pas là ({MOTEUR}) : "
        "notre moteur n'a pas été comparé à l'officiel"
    ),
)

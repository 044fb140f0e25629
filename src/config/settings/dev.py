"""Développement et démonstration : erreurs visibles, courriels écrits dans un dossier."""

import os

os.environ.setdefault("BEFFROI_COURRIEL", "fichiers")
os.environ.setdefault("BEFFROI_SANS_HORODATAGE_QUALIFIE", "oui")

from config.settings.base import *  # noqa: F403

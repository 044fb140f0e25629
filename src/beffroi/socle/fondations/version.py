"""Quel logiciel tourne ici : ce qu'une pièce établie aujourd'hui en garde."""

import tomllib
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings


def version_du_logiciel() -> str:
    """La version installée ; depuis ses sources, celle que le projet déclare."""
    try:
        return f"Beffroi {version('beffroi')}"
    except PackageNotFoundError:
        projet = tomllib.loads((settings.RACINE / "pyproject.toml").read_text("utf-8"))
        return f"Beffroi {projet['project']['version']}"

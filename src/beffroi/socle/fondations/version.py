"""Quel logiciel tourne ici : ce qu'une pièce établie aujourd'hui en garde."""

import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings


def version_du_logiciel() -> str:
    return f"Beffroi {numero_de_version()}"


@cache
def numero_de_version() -> str:
    """La version installée ; depuis ses sources, celle que le projet déclare."""
    try:
        return version("beffroi")
    except PackageNotFoundError:
        projet = tomllib.loads((settings.RACINE / "pyproject.toml").read_text("utf-8"))
        return str(projet["project"]["version"])

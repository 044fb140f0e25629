"""Les valeurs admises des champs codés : notre table, `codes.toml`, avec sa source."""

import tomllib
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("codes.toml")


@cache
def listes() -> dict[str, tuple[str, ...]]:
    """Chaque liste, ses valeurs dans l'ordre de l'arrêté : `listes()["procedure"]`."""
    return {
        nom: tuple(valeurs)
        for nom, valeurs in tomllib.loads(TABLE.read_text("utf-8"))["listes"].items()
    }


@cache
def source() -> str:
    """Les textes d'où vient la table."""
    return str(tomllib.loads(TABLE.read_text("utf-8"))["source"])

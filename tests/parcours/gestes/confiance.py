"""Garder chez soi ce qu'une plateforme publie de ses clés, pour juger ce qu'elle remet."""

from pathlib import Path
from typing import Any


def connue(page: Any, dossier: Path) -> list[str]:
    fichier = dossier / "cles-connues.json"
    fichier.write_bytes(page.request.get("/journal/cles.json").body())
    return ["--confiance", str(fichier)]

"""La feuille servie n'est nulle part dans le code :
`collectstatic` la reçoit d'ici, assemblée, quand un serveur démarre.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from beffroi.faces.portail import assemblage, marque
from beffroi.socle.fondations.horloge import heure_reelle

FEUILLE = "beffroi/theme/theme.css"
LOGO = "beffroi/marque/logo.svg"


class Assemblee(Storage):
    """Ce que `collectstatic` lit d'un fichier : ses octets, son âge, le nom qu'il affiche."""

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(assemblage.assembler().encode(), name)

    def get_modified_time(self, name: str) -> datetime:
        """Refaite à chaque démarrage : une marque mise, changée ou ôtée ne laisse rien derrière."""
        return heure_reelle()

    def path(self, name: str) -> str:
        return name


class Logo(Storage):
    """Celui du centre, hors du code."""

    def __init__(self, fichier: Path) -> None:
        self.fichier = fichier

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(self.fichier.read_bytes(), name)

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(self.fichier.stat().st_mtime, tz=UTC)

    def path(self, name: str) -> str:
        return str(self.fichier)


class Theme(BaseFinder):
    def check(self, **options: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        yield FEUILLE, Assemblee()
        if logo := marque.la_marque().logo:
            yield LOGO, Logo(logo)

    def find(self, path: str, find_all: bool = False) -> Any:
        """Aucun fichier à montrer : rien ne sert de feuille avant `collectstatic`."""
        return [] if find_all else None

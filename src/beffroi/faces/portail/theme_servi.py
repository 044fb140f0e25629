"""La feuille servie n'est nulle part dans le code :
`collectstatic` la reçoit d'ici, assemblée, quand un serveur démarre.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from beffroi.faces.portail import assemblage

FEUILLE = "beffroi/theme/theme.css"


class Assemblee(Storage):
    """Ce que `collectstatic` lit d'un fichier : ses octets, son âge, le nom qu'il affiche."""

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        return ContentFile(assemblage.assembler().encode(), name)

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(
            max(feuille.stat().st_mtime for feuille in assemblage.feuilles()), tz=UTC
        )

    def path(self, name: str) -> str:
        return name


class Theme(BaseFinder):
    def check(self, **options: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:
        yield FEUILLE, Assemblee()

    def find(self, path: str, find_all: bool = False) -> Any:
        """Aucun fichier à montrer : rien ne sert de feuille avant `collectstatic`."""
        return [] if find_all else None

"""D'où une sauvegarde copie les fichiers gardés : un disque, ou un compartiment S3.

Copiés, ils ont la même forme : ce qui vient d'un compartiment se restaure aussi sur un disque.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

BROUILLON = "brouillon-"


class Source(Protocol):
    """Les fichiers entiers, par ordre de nom, et leurs octets ; reçus, ils ne changent plus."""

    def parcourir(self) -> Iterator[tuple[str, int]]: ...

    def ouvrir(self, chemin: str) -> AbstractContextManager[Any]: ...


class Disque:
    """Le dossier des fichiers ; un brouillon n'est à personne."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def parcourir(self) -> Iterator[tuple[str, int]]:
        for ici, sous_dossiers, noms in os.walk(self.dossier):
            sous_dossiers.sort()
            for nom in sorted(noms):
                if not nom.startswith(BROUILLON):
                    fichier = Path(ici) / nom
                    yield fichier.relative_to(self.dossier).as_posix(), fichier.stat().st_size

    def ouvrir(self, chemin: str) -> AbstractContextManager[Any]:
        return (self.dossier / chemin).open("rb")


class Compartiment:
    """Un compartiment S3, tel que la plateforme le lit."""

    def __init__(self, stockage: Any) -> None:
        self.stockage = stockage

    def parcourir(self) -> Iterator[tuple[str, int]]:
        yield from self.stockage.gardes()

    @contextmanager
    def ouvrir(self, chemin: str) -> Iterator[Any]:
        """Une coupure pendant la lecture se dit comme toute panne du stockage."""
        from beffroi.socle.fondations.stockage.s3 import pannes_en_phrases

        with pannes_en_phrases(chemin), closing(self.stockage.lire(chemin)) as lu:
            yield lu


def source() -> Source:
    """Là où la plateforme garde ses fichiers."""
    from django.conf import settings

    from beffroi.socle.fondations.stockage import stockage

    if settings.S3_DIRECT:
        return Compartiment(stockage())
    return Disque(Path(settings.STOCKAGE["dossier"]))

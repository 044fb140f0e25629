"""Lire bout à bout plusieurs fichiers comme un seul, depuis n'importe quel octet."""

import io
from collections.abc import Sequence
from pathlib import Path


class LecteurDeParties(io.RawIOBase):
    """Un flux de lecture sur des fichiers mis bout à bout, limité à une étendue."""

    def __init__(
        self, morceaux: Sequence[Path], debut: int = 0, longueur: int | None = None
    ) -> None:
        super().__init__()
        self._morceaux = [(morceau, morceau.stat().st_size) for morceau in morceaux]
        total = sum(taille for _, taille in self._morceaux)
        self._reste = (
            max(0, total - debut) if longueur is None else max(0, min(longueur, total - debut))
        )
        self._ouvert: io.FileIO | None = None
        self._a_sauter = debut

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: memoryview) -> int:  # type: ignore[override]
        while self._reste:
            courant = self._courant()
            if courant is None:
                break
            lus = courant.readinto(memoryview(tampon)[: self._reste]) or 0
            if lus:
                self._reste -= lus
                return lus
            courant.close()
            self._ouvert = None
        return 0

    def _courant(self) -> io.FileIO | None:
        """Le fichier où l'on en est ; ouvre le suivant s'il le faut."""
        while self._ouvert is None and self._morceaux:
            morceau, taille = self._morceaux.pop(0)
            if self._a_sauter >= taille:
                self._a_sauter -= taille
                continue
            self._ouvert = io.FileIO(morceau)
            self._ouvert.seek(self._a_sauter)
            self._a_sauter = 0
        return self._ouvert

    def close(self) -> None:
        if self._ouvert is not None:
            self._ouvert.close()
            self._ouvert = None
        super().close()

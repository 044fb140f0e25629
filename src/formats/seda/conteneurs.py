"""Ce qu'est un ZIP vu par ses deux bouts :
un document de bureau, un conteneur signé, ou une archive.
"""

import io
import re
import zipfile
from typing import Any

from formats.pannes_de_zip import PANNES_DE_ZIP
from formats.seda.modele import Format

# De quoi lire les premières balises d'une partie, jamais la partie entière.
_LU = 65_536
_OPENDOCUMENT = re.compile(r"\Aapplication/vnd\.oasis\.opendocument\.([a-z]+)")
_VERSION = re.compile(rb"office:version\s*=\s*[\"'](1\.\d)[\"']")
_PRINCIPALE = re.compile(rb"ContentType\s*=\s*[\"']application/([A-Za-z0-9.-]+)\.main\+xml[\"']")


class _Trou(OSError):
    """La partie demandée est au milieu du fichier, que l'on n'a pas gardé."""


class _Creux(io.RawIOBase):
    """Un fichier dont on n'a que la tête et la queue."""

    def __init__(self, tete: bytes, queue: bytes, taille: int) -> None:
        self._tete, self._queue, self._taille, self._ou = tete, queue, taille, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._ou

    def seek(self, decalage: int, depuis: int = io.SEEK_SET) -> int:
        self._ou = max(0, (0, self._ou, self._taille)[depuis] + decalage)
        return self._ou

    def read(self, combien: int = -1) -> bytes:
        fin = (
            self._taille
            if combien is None or combien < 0
            else min(self._taille, self._ou + combien)
        )
        debut_de_queue = self._taille - len(self._queue)
        if fin <= len(self._tete):
            lu = self._tete[self._ou : fin]
        elif self._ou >= debut_de_queue:
            lu = self._queue[self._ou - debut_de_queue : fin - debut_de_queue]
        else:
            raise _Trou("hors de ce qui est gardé")
        self._ou += len(lu)
        return lu


def identifier(tete: bytes, queue: bytes, *, taille: int, table: dict[str, Any]) -> Format | None:
    """Le document de bureau ou le conteneur signé ; rien si c'est une archive comme une autre."""
    try:
        with zipfile.ZipFile(_Creux(tete, queue, taille)) as lu:
            return _identifie(lu, table)
    except _Trou:
        # Le sommaire de l'archive est plus long que la queue gardée :
        # on ne sait pas ce qu'elle contient.
        return Format(nom="Archive ZIP", mime="application/zip")
    except PANNES_DE_ZIP:
        return Format(nom="Archive ZIP abîmée", mime="application/zip")


def _identifie(archive: zipfile.ZipFile, table: dict[str, Any]) -> Format | None:
    noms = set(archive.namelist())
    if "mimetype" in noms:
        mime = _debut(archive, "mimetype").decode("ascii", "replace").strip()
        if mime in table["conteneurs"]:
            puid, nom = table["conteneurs"][mime]
            return Format(nom=nom, mime=mime, puid=puid)
        if trouve := _OPENDOCUMENT.match(mime):
            return _opendocument(archive, mime, trouve[1], table)
    if "[Content_Types].xml" in noms:
        return _office(archive, table)
    return None


def _opendocument(archive: zipfile.ZipFile, mime: str, genre: str, table: dict[str, Any]) -> Format:
    version = _VERSION.search(_debut(archive, "content.xml"))
    dite = version[1].decode() if version else ""
    puid = table["opendocument"].get(genre, {}).get(dite, "")
    return Format(nom=f"OpenDocument {genre.capitalize()} {dite}".strip(), mime=mime, puid=puid)


def _office(archive: zipfile.ZipFile, table: dict[str, Any]) -> Format | None:
    principale = _PRINCIPALE.search(_debut(archive, "[Content_Types].xml"))
    declare = principale[1].decode() if principale else ""
    if declare not in table["office"]:
        return None
    puid, nom = table["office"][declare]
    return Format(
        nom=nom,
        mime=f"application/{declare}{'.12' if 'macroEnabled' in declare else ''}",
        puid=puid,
    )


def _debut(archive: zipfile.ZipFile, nom: str) -> bytes:
    """Le début d'une partie ; vide si elle manque ou n'est pas gardée."""
    try:
        with archive.open(nom) as flux:
            return flux.read(_LU)
    except (KeyError, _Trou):
        return b""

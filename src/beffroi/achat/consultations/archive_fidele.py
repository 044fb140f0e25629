"""L'archive du dossier, telle qu'elle est gardée, est-elle encore faite des documents publiés ?

Rien de prouvé ne dit ses octets : elle se refait des documents, qui le sont. Avant d'être servie,
elle leur est donc comparée, entrée par entrée ; infidèle, elle se refait.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import BinaryIO

from beffroi.achat.consultations.archive import NOM_DES_CLES
from beffroi.achat.consultations.models import PieceDce
from beffroi.achat.consultations.rules.documents import noms_distincts
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.stockage.fideles import OctetsChanges, exiger_des_octets_fideles

# Des clés publiques de scellement, chacune avec son empreinte.
Cles = Collection[tuple[str, str]]
_LECTURE_OCTETS = 256 * 1024
DEBUT_D_UNE_CLE = "age1"


def est_fidele(cle: str, documents: Iterable[PieceDce], *, cles: Cles) -> bool:
    """Les mêmes documents, octet pour octet, et les clés publiées : rien d'autre n'y est."""
    pieces = list(documents)
    noms = noms_distincts([piece.nom for piece in pieces])
    attendus = dict(zip(noms, (piece.sha256 for piece in pieces), strict=True))
    try:
        exiger_des_octets_fideles(
            cle,
            json.dumps([attendus, sorted(cles)], sort_keys=True),
            relire=lambda: _contient(cle, attendus, cles),
        )
    except (OctetsChanges, FileNotFoundError):
        return False
    return True


def _contient(cle: str, attendus: Mapping[str, str], cles: Cles) -> bool:
    """Un ZIP qui ne se lit plus, ou qui se lit de deux façons, n'est pas celui que l'on a fait."""
    try:
        with zipfile.ZipFile(_LectureParPlaces(cle)) as archive:
            noms = archive.namelist()
            des_cles = [nom for nom in noms if nom not in attendus]
            return (
                len(noms) == len(set(noms))
                and attendus.keys() <= set(noms)
                and all(_empreinte(archive, nom) == attendu for nom, attendu in attendus.items())
                and all(_est_de_nos_cles(archive, nom, cles) for nom in des_cles)
            )
    except (OSError, ValueError, LookupError, zipfile.BadZipFile):
        return False


def _empreinte(archive: zipfile.ZipFile, nom: str) -> str:
    condense = hashlib.sha256()
    with archive.open(nom) as entree:
        while morceau := entree.read(_LECTURE_OCTETS):
            condense.update(morceau)
    return condense.hexdigest()


def _est_de_nos_cles(archive: zipfile.ZipFile, nom: str, cles: Cles) -> bool:
    """Une clé changée ferait sceller une réponse pour un autre que l'acheteur."""
    texte = archive.read(nom).decode()
    if nom == NOM_DES_CLES:
        lignes = [ligne.strip() for ligne in texte.splitlines()]
        dites = [
            (ligne, avant.rpartition(" ")[2])
            for avant, ligne in pairwise(lignes)
            if ligne.startswith(DEBUT_D_UNE_CLE)
        ]
        return bool(dites) and all(dite in cles for dite in dites)
    lue = json.loads(texte)
    return (lue["destinataire"], lue["empreinte"]) in cles


class _LectureParPlaces(io.RawIOBase):
    """Un objet gardé, où l'on se déplace : le sommaire d'un ZIP est à la fin."""

    def __init__(self, cle: str) -> None:
        self._cle, self._taille, self._place = cle, stockage().taille(cle), 0
        self._flux: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, depuis: int = io.SEEK_SET) -> int:
        voulue = (
            place + {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._taille}[depuis]
        )
        if voulue != self._place:
            self._fermer()
        self._place = max(0, voulue)
        return self._place

    def readinto(self, tampon: memoryview) -> int:  # type: ignore[override]
        if self._flux is None:
            self._flux = stockage().lire(self._cle, self._place)
        lus = self._flux.read(len(tampon))
        tampon[: len(lus)] = lus
        self._place += len(lus)
        return len(lus)

    def close(self) -> None:
        self._fermer()
        super().close()

    def _fermer(self) -> None:
        if self._flux is not None:
            self._flux.close()
            self._flux = None

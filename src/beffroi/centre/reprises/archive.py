"""Lire un ZIP de copies signées, venu d'ailleurs : borné en nombre, en taille, en compression.

Un nom n'y est qu'une étiquette : aucun chemin n'est suivi, rien n'est déplié sur le disque.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from beffroi.socle.guichet.limites import OCTETS_PAR_PIECE
from formats.illisible import Illisible
from formats.noms_de_fichiers import nom_propose
from formats.pannes_de_zip import PANNES_DE_ZIP

OCTETS_DU_ZIP = 200_000_000
FICHIERS_AU_PLUS = 2_000
OCTETS_DEPLIES = 1_000_000_000
RAPPORT_AU_PLUS = 250
SANS_SOUPCON = 1_000_000
_CHIFFRE = 0x1
_BLOC = 65_536
# Ce que des ordinateurs ajoutent d'eux-mêmes : ni une copie, ni une faute.
_DE_LA_MACHINE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class ZipIllisible(Illisible):
    """L'archive entière ne se lit pas ; la phrase dit quoi faire."""


@dataclass(frozen=True)
class Entree:
    """Un fichier du ZIP : ses octets, ou pourquoi il est refusé."""

    nom: str
    octets: bytes = b""
    refus: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.octets).hexdigest()


def lire(flux: BinaryIO) -> Iterator[Entree]:
    """Chaque fichier, l'un après l'autre. Lève `ZipIllisible` si l'archive est abîmée ou piégée."""
    try:
        with zipfile.ZipFile(flux) as archive:
            membres = _membres(archive)
            deplies = 0
            for membre in membres:
                entree = _entree(archive, membre)
                deplies += len(entree.octets)
                if deplies > OCTETS_DEPLIES:
                    raise ZipIllisible(
                        "Ce ZIP est trop gros une fois déplié. Faites-en plusieurs, plus petits."
                    )
                yield entree
    except Illisible:
        raise
    except PANNES_DE_ZIP as panne:
        raise ZipIllisible(
            "Ce ZIP est abîmé, ou n'en est pas un : rien n'en est gardé. Refaites-le, puis "
            "recommencez."
        ) from panne


def _membres(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    membres = [
        membre
        for membre in archive.infolist()
        if not membre.is_dir()
        and not membre.filename.startswith(_DE_LA_MACHINE)
        and not membre.filename.endswith(_DE_LA_MACHINE)
    ]
    if not membres:
        raise ZipIllisible("Ce ZIP ne contient aucun fichier.")
    if len(archive.infolist()) > FICHIERS_AU_PLUS:
        raise ZipIllisible(
            f"Ce ZIP a plus de {FICHIERS_AU_PLUS} fichiers. Faites-en plusieurs, plus petits."
        )
    for membre in membres:
        compresse = max(membre.compress_size, 1)
        if membre.file_size > SANS_SOUPCON and membre.file_size / compresse > RAPPORT_AU_PLUS:
            raise ZipIllisible(
                f"« {_nom(membre)} » se déplie démesurément : par sécurité, ce ZIP n'a pas été lu."
            )
    return membres


def _entree(archive: zipfile.ZipFile, membre: zipfile.ZipInfo) -> Entree:
    nom = _nom(membre)
    if membre.flag_bits & _CHIFFRE:
        return Entree(nom, refus="Ce fichier est protégé par un mot de passe.")
    octets = bytearray()
    with archive.open(membre) as flux:
        while bloc := flux.read(_BLOC):
            octets += bloc
            if len(octets) > OCTETS_PAR_PIECE:
                return Entree(nom, refus="Ce fichier fait plus de 10 Mo.")
    return Entree(nom, bytes(octets))


def _nom(membre: zipfile.ZipInfo) -> str:
    """Le dernier morceau du chemin, tel que tout système l'accepte."""
    return nom_propose(PurePosixPath(membre.filename.replace("\\", "/")).name)

"""Ouvrir un paquet (un ZIP) venu d'ailleurs :
borné, sans rien écrire sur le disque, sans rien garder en mémoire.

Le sommaire est jugé avant qu'une entrée ne soit lue :
nom qui sort du paquet, doublon, lien, chiffrement, bombe.
"""

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

from formats.pannes_de_zip import PANNES_DE_ZIP
from formats.seda import bornes
from formats.seda.defaut import Defaut

BORDEREAU = "manifest.xml"
_CHIFFRE = 0x1
_EN_TETE_LOCAL = 30
_METHODES = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# Ce que tout système de fichiers et tout système d'archivage admettent :
# ni espace, ni accent, ni signe.
NOM_SUR = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")


class PaquetIllisible(ValueError):
    """Ce fichier n'est pas un paquet que l'on puisse lire ;
    la phrase dit pourquoi, et quoi faire.
    """


class Archive:
    """Un paquet ouvert.

    `defauts` : ce que son sommaire a de fautif ; `noms` : ses entrées, dossiers exceptés.
    """

    def __init__(self, flux: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(_Bornee(flux))
        except PANNES_DE_ZIP as panne:
            raise PaquetIllisible(
                "Ce fichier n'est pas une archive ZIP entière. Redemandez-le à qui l'a produit, "
                "ou recopiez-le."
            ) from panne
        entrees = self._zip.infolist()
        if len(entrees) > bornes.ENTREES:
            raise PaquetIllisible(
                f"Cette archive a plus de {bornes.ENTREES} entrées : elle n'est pas lue."
            )
        if sum(entree.file_size for entree in entrees) > bornes.OCTETS_DEPLIES:
            raise PaquetIllisible("Cette archive, dépliée, serait démesurée : elle n'est pas lue.")
        self._lisibles: dict[str, zipfile.ZipInfo] = {}
        self.noms: dict[str, int] = {
            entree.filename: entree.file_size for entree in entrees if not entree.is_dir()
        }
        melees = _melees(entrees)
        self.defauts = list(_doublons(entrees))
        for entree in entrees:
            dits = list(_reproches(entree))
            if entree.header_offset in melees:
                dits.append(
                    _defaut(
                        "zip-bombe",
                        entree.filename,
                        "cette entrée en recouvre une autre.",
                        "Refaites le paquet.",
                    )
                )
            self.defauts += dits
            if not any(dit.regle in _ILLISIBLES for dit in dits):
                self._lisibles[entree.filename] = entree

    def est_lisible(self, nom: str) -> bool:
        return nom in self._lisibles

    def blocs(self, nom: str) -> Iterator[bytes]:
        """Le contenu d'une entrée, bloc par bloc. Lève `PaquetIllisible` si elle est abîmée."""
        try:
            with self._zip.open(self._lisibles[nom]) as flux:
                while bloc := flux.read(bornes.BLOC):
                    yield bloc
        except PANNES_DE_ZIP as panne:
            raise PaquetIllisible(
                f"L'entrée {nom} est abîmée : elle ne se lit pas jusqu'au bout."
            ) from panne

    def bordereau(self) -> bytes:
        """Les octets de `manifest.xml`."""
        if BORDEREAU not in self.noms:
            raise PaquetIllisible(
                f"Cette archive n'a pas de {BORDEREAU} à sa racine : ce n'est pas un paquet SEDA. "
                "Vérifiez le fichier choisi."
            )
        if self.noms[BORDEREAU] > bornes.OCTETS_DU_BORDEREAU or not self.est_lisible(BORDEREAU):
            raise PaquetIllisible(
                f"Le bordereau ({BORDEREAU}) est chiffré, démesuré, "
                "ou d'une compression inconnue : il n'est pas lu."
            )
        return b"".join(self.blocs(BORDEREAU))


class _Bornee(io.RawIOBase):
    """Un fichier dont aucune lecture n'est démesurée :
    le sommaire d'un ZIP dit lui-même sa taille.
    """

    def __init__(self, flux: BinaryIO) -> None:
        self._flux = flux

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, decalage: int, depuis: int = io.SEEK_SET) -> int:
        return self._flux.seek(decalage, depuis)

    def tell(self) -> int:
        return self._flux.tell()

    def read(self, combien: int = -1) -> bytes:
        if combien is not None and combien > bornes.OCTETS_D_UNE_LECTURE:
            raise zipfile.BadZipFile("le sommaire est démesuré")
        return self._flux.read(combien)


def _reproches(entree: zipfile.ZipInfo) -> Iterator[Defaut]:
    # `filename` est coupé au premier octet nul : c'est le nom d'origine qui se juge.
    nom = entree.orig_filename
    mauvais = _nom_fautif(nom)
    if mauvais:
        yield _defaut(
            "zip-nom",
            nom,
            mauvais,
            "Renommez-le dans le paquet : lettres, chiffres, tiret, point et souligné.",
        )
    sorte = stat.S_IFMT(entree.external_attr >> 16)
    if sorte not in {0, stat.S_IFREG, stat.S_IFDIR}:
        yield _defaut(
            "zip-lien", nom, "c'est un lien ou un fichier spécial.", "Mettez le fichier lui-même."
        )
    if entree.flag_bits & _CHIFFRE:
        yield _defaut(
            "zip-chiffre", nom, "l'entrée est chiffrée.", "Refaites le paquet sans mot de passe."
        )
    if entree.compress_type not in _METHODES:
        yield _defaut(
            "zip-methode",
            nom,
            "sa compression n'est ni « stored » ni « deflate ».",
            "Refaites le paquet avec l'une des deux.",
        )
    if (
        entree.file_size > bornes.OCTETS_SANS_SOUPCON
        and entree.file_size > bornes.RAPPORT_DE_COMPRESSION * max(1, entree.compress_size)
    ):
        yield _defaut(
            "zip-bombe",
            nom,
            "l'entrée se déplie démesurément : elle n'est pas lue.",
            "Refaites le paquet.",
        )


# Une entrée au nom étrange se lit encore, pour être comparée ; les autres, non.
_ILLISIBLES = {"zip-lien", "zip-chiffre", "zip-methode", "zip-bombe"}


def _nom_fautif(nom: str) -> str:
    """Ce que ce chemin a de fautif ; vide s'il est sûr."""
    if not nom or "\\" in nom or nom.startswith("/") or ":" in nom or "\x00" in nom:
        return "ce nom sort du paquet, ou n'est pas un chemin ordinaire."
    parties = nom.removesuffix("/").split("/")
    if any(partie in {"", ".", ".."} for partie in parties):
        return "ce nom sort du paquet, ou n'est pas un chemin ordinaire."
    if not all(NOM_SUR.match(partie) for partie in parties):
        return "ce nom a un caractère que tous les systèmes n'admettent pas."
    return ""


def _doublons(entrees: list[zipfile.ZipInfo]) -> Iterator[Defaut]:
    """Deux entrées du même nom, la casse ignorée : l'une cacherait l'autre."""
    vues: set[str] = set()
    for entree in entrees:
        cle = entree.filename.casefold()
        if cle in vues:
            yield _defaut(
                "zip-doublon",
                entree.filename,
                "deux entrées portent ce nom.",
                "N'en gardez qu'une.",
            )
        vues.add(cle)


def _melees(entrees: list[zipfile.ZipInfo]) -> set[int]:
    """Où commencent les entrées faites des mêmes octets qu'une autre :
    une bombe, ou une archive truquée.
    """
    ranges = sorted(entrees, key=lambda entree: entree.header_offset)
    melees: set[int] = set()
    for avant, apres in pairwise(ranges):
        if avant.header_offset + _EN_TETE_LOCAL + avant.compress_size > apres.header_offset:
            melees |= {avant.header_offset, apres.header_offset}
    return melees


def _defaut(regle: str, nom: str, phrase: str, remede: str) -> Defaut:
    return Defaut(
        ou=f"entrée « {ascii(nom)[1:-1]} »" if not nom.isprintable() else f"entrée « {nom} »",
        phrase=phrase,
        remede=remede,
        regle=regle,
    )

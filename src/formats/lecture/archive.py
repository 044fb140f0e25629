"""Lire une archive ZIP venue d'ailleurs :
bornée en nombre, en taille et en rapport de compression.
"""

import io
import zipfile
from functools import cached_property

from formats.lecture import bornes, refus
from formats.pannes_de_zip import PANNES_DE_ZIP

_CHIFFRE = 0x1
_BLOC = 65_536


class Archive:
    """Un ZIP, ouvert sans rien déplier. Chaque lecture est comptée."""

    def __init__(self, octets: bytes, *, sorte: str = "de traitement de texte") -> None:
        self._sorte = sorte
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(octets))
            self._membres = {membre.filename: membre for membre in self._zip.infolist()}
        except PANNES_DE_ZIP as panne:
            raise refus.abime(self._sorte) from panne
        if len(self._zip.infolist()) > bornes.MEMBRES:
            raise refus.suspect(f"il contient plus de {bornes.MEMBRES} fichiers")
        self._lus = 0

    @cached_property
    def noms(self) -> frozenset[str]:
        return frozenset(self._membres)

    def contient(self, nom: str) -> bool:
        return nom in self._membres

    def lire(self, nom: str) -> bytes:
        """Une partie, dépliée.

        Lève `DocumentIllisible` si elle manque, est chiffrée, abîmée ou démesurée.
        """
        membre = self._membres.get(nom)
        if membre is None:
            raise refus.abime(self._sorte)
        if membre.flag_bits & _CHIFFRE:
            raise refus.protege()
        self._mesurer(membre)
        try:
            contenu = self._deplier(membre)
        except PANNES_DE_ZIP as panne:
            raise refus.abime(self._sorte) from panne
        return contenu

    def _mesurer(self, membre: zipfile.ZipInfo) -> None:
        """Ce que l'archive dit d'elle-même ; `_deplier` compte ensuite ce qu'il en est."""
        if membre.file_size > bornes.OCTETS_D_UNE_PARTIE:
            raise refus.trop_gros("une de ses parties, une fois dépliée, est énorme")
        compresse = max(membre.compress_size, 1)
        if (
            membre.file_size > bornes.OCTETS_SANS_SOUPCON
            and membre.file_size / compresse > bornes.RAPPORT_DE_COMPRESSION
        ):
            raise refus.suspect("une de ses parties se déplie démesurément")

    def _deplier(self, membre: zipfile.ZipInfo) -> bytes:
        morceaux, taille = [], 0
        with self._zip.open(membre) as flux:
            while bloc := flux.read(_BLOC):
                taille += len(bloc)
                self._lus += len(bloc)
                if taille > bornes.OCTETS_D_UNE_PARTIE or self._lus > bornes.OCTETS_DEPLIES:
                    raise refus.trop_gros("ses parties, une fois dépliées, sont énormes")
                morceaux.append(bloc)
        return b"".join(morceaux)

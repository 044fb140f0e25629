"""Mesurer un fichier pendant qu'il passe : sa taille, ses empreintes, son format.

Il n'en est gardé que les deux bouts.
"""

import hashlib
from collections.abc import Iterable

from formats.seda.modele import SHA_512, Format
from formats.seda.pronom import BORD, NIVEAU, PARTIE, PDF, identifier

# Les noms admis, à la lettre : « sha512 » n'en est pas un.
ALGORITHMES = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    SHA_512: "sha512",
}
FAIBLES = {"MD5", "SHA-1"}
# Une marque d'archivage peut être coupée entre deux blocs.
_RECOUVREMENT = 256


class Mesure:
    """Reçoit les blocs d'un fichier, dans l'ordre."""

    def __init__(self, algorithmes: Iterable[str] = (SHA_512,)) -> None:
        self._sommes = {
            nom: hashlib.new(ALGORITHMES[nom], usedforsecurity=False) for nom in {*algorithmes}
        }
        self.taille = 0
        self._tete = bytearray()
        self._queue = b""
        self._partie = self._niveau = ""

    def ajouter(self, bloc: bytes) -> None:
        for somme in self._sommes.values():
            somme.update(bloc)
        self.taille += len(bloc)
        if len(self._tete) < BORD:
            self._tete += bloc[: BORD - len(self._tete)]
        if self._tete.startswith(PDF):
            self._chercher_l_archivage(self._queue[-_RECOUVREMENT:] + bloc)
        self._queue = bloc[-BORD:] if len(bloc) >= BORD else (self._queue + bloc)[-BORD:]

    def empreinte(self, algorithme: str = SHA_512) -> bytes:
        return self._sommes[algorithme].digest()

    def format(self, nom: str) -> Format:
        """Ce qu'est ce fichier, qui porte ce nom."""
        archivage = self._partie + self._niveau.lower()
        return identifier(
            bytes(self._tete), self._queue, nom, taille=self.taille, archivage=archivage
        )

    def _chercher_l_archivage(self, morceau: bytes) -> None:
        if b"pdfaid" not in morceau:
            return
        if not self._partie and (partie := PARTIE.search(morceau)):
            self._partie = partie[1].decode()
        if not self._niveau and (niveau := NIVEAU.search(morceau)):
            self._niveau = niveau[1].decode()

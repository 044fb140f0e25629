"""Recevoir un DUME à reprendre :
cinq mégaoctets au plus, en mémoire ou en fichier temporaire, jamais gardé.
"""

from beffroi.socle.guichet.envois import EnvoiBorne
from formats.dume.lecture import TAILLE_MAXIMALE


class DumeBorne(EnvoiBorne):
    @property
    def limite(self) -> int:
        return TAILLE_MAXIMALE

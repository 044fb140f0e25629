"""Recevoir un envoi trop gros sans le garder ni perdre le texte qui l'accompagne."""

from beffroi.guichet.envois import EnvoiBorne
from beffroi.questions.rules import OCTETS_PAR_PIECE


class PiecesBornees(EnvoiBorne):
    """Les pièces d'une question, d'une réponse ou d'un courrier."""

    @property
    def limite(self) -> int:
        return OCTETS_PAR_PIECE

"""Recevoir un envoi trop gros sans le garder ni perdre le texte qui l'accompagne."""

from beffroi.publicite.questions.rules import OCTETS_PAR_PIECE
from beffroi.socle.guichet.envois import EnvoiBorne


class PiecesBornees(EnvoiBorne):
    """Les pièces d'une question, d'une réponse ou d'un courrier."""

    @property
    def limite(self) -> int:
        return OCTETS_PAR_PIECE

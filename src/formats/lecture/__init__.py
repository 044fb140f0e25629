"""Lire le texte d'un document venu d'ailleurs, paragraphe par paragraphe, en disant où chacun se trouve."""

from formats.lecture.texte import Cellule, Paragraphe, Texte

__all__ = ["Cellule", "Paragraphe", "Texte"]

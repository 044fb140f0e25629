"""Lire le texte d'un document venu d'ailleurs,
paragraphe par paragraphe, en disant où chacun se trouve.
"""

from formats.lecture.lire import lire_document, mesurer
from formats.lecture.refus import DocumentIllisible
from formats.lecture.texte import Cellule, Paragraphe, Texte

__all__ = ["Cellule", "DocumentIllisible", "Paragraphe", "Texte", "lire_document", "mesurer"]

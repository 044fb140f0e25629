"""Décrire un document une fois, le rendre en PDF et en ODT :
titres, paragraphes, listes, tableaux, champs à remplir.

Une description ne contient que du texte :
rien de ce qui y entre ne devient du balisage, dans aucun des deux rendus.
"""

from formats.document.modele import (
    Bloc,
    Cadre,
    Cases,
    Chapitre,
    Document,
    Emetteur,
    Fiche,
    Formulaire,
    Liste,
    Paragraphe,
    SousTitre,
    Tableau,
)
from formats.document.odt import odt
from formats.document.pdf import pdf
from formats.document.phrases import Phrase, Segment, a_completer, cite, gras, lien, phrase

__all__ = [
    "Bloc",
    "Cadre",
    "Cases",
    "Chapitre",
    "Document",
    "Emetteur",
    "Fiche",
    "Formulaire",
    "Liste",
    "Paragraphe",
    "Phrase",
    "Segment",
    "SousTitre",
    "Tableau",
    "a_completer",
    "cite",
    "gras",
    "lien",
    "odt",
    "pdf",
    "phrase",
]

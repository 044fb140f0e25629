"""Lire les tables de la loi :
des fichiers TOML du paquet vers des valeurs figées, refusées si elles se contredisent.
"""

from droit.tables.lecture import Tables, charger
from droit.tables.modele import (
    ConfianceDansLaSource,
    Donnee,
    Fiche,
    Lecture,
    Periode,
    Procedure,
    TableIncoherente,
)

__all__ = [
    "ConfianceDansLaSource",
    "Donnee",
    "Fiche",
    "Lecture",
    "Periode",
    "Procedure",
    "TableIncoherente",
    "Tables",
    "charger",
]

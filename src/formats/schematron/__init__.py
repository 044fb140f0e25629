"""Exécuter un Schematron publié par une autorité :
traduit en XSLT 3, compilé par Saxon, tenu par un ouvrier à part.
"""

from formats.schematron.constat import Constat
from formats.schematron.ouvriers import MoteurArrete, Ouvrier, executer, valider
from formats.schematron.traduction import TOUT, SchematronIllisible, en_xslt

__all__ = [
    "TOUT",
    "Constat",
    "MoteurArrete",
    "Ouvrier",
    "SchematronIllisible",
    "en_xslt",
    "executer",
    "valider",
]

"""Lire un document : reconnaître sa sorte, le lire dans l'enclos, rendre son texte ou la phrase qui dit pourquoi non."""

from pathlib import Path

from formats.lecture import bornes, docx, odt, refus
from formats.lecture.enclos import lire_dans_l_enclos
from formats.lecture.nature import nature
from formats.lecture.texte import Texte


def lire_document(document: bytes | Path, nom: str = "") -> Texte:
    """Le texte d'un PDF, d'un DOCX ou d'un ODT. Lève `DocumentIllisible` ; rien de ce qu'il contient ne s'exécute.

    La lecture se fait dans un autre processus, borné en mémoire et en temps : un document piégé n'y touche que lui-même.
    """
    if isinstance(document, Path):
        nom = nom or document.name
        mesurer(document.stat().st_size)
        document = document.read_bytes()
    mesurer(len(document))
    return lire_dans_l_enclos(document, nom)


def lire_ici(octets: bytes, nom: str = "") -> Texte:
    """La même lecture, sans enclos : ce que fait le processus enfant."""
    mesurer(len(octets))
    match nature(octets, nom):
        case "docx":
            return docx.lire(octets)
        case "odt":
            return odt.lire(octets)
        case "pdf":
            from formats.lecture import pdf  # la bibliothèque en C ne se charge que pour un PDF

            return pdf.lire(octets)


def mesurer(taille: int) -> None:
    """Refuse un document trop gros ; se demande avant de le charger, quand sa taille est connue."""
    if taille > bornes.OCTETS_DU_FICHIER:
        raise refus.trop_gros(
            f"il pèse {taille // bornes.MEGAOCTET} Mo, plus que les {bornes.OCTETS_DU_FICHIER // bornes.MEGAOCTET} Mo admis"
        )

"""Lire un document :
reconnaître sa sorte, le lire dans l'enclos, rendre son texte ou la phrase qui dit pourquoi non.
"""

import json
from dataclasses import asdict
from pathlib import Path

from formats.lecture import bornes, docx, enclos, odt, refus
from formats.lecture.nature import nature
from formats.lecture.texte import Cellule, Paragraphe, Texte


def lire_document(document: bytes | Path, nom: str = "") -> Texte:
    """Le texte d'un PDF, d'un DOCX ou d'un ODT. Lève `DocumentIllisible` ;
    rien de ce qu'il contient ne s'exécute.

    La lecture se fait dans un autre processus, borné en mémoire et en temps :
    un document piégé n'y touche que lui-même.
    """
    if isinstance(document, Path):
        nom = nom or document.name
        mesurer(document.stat().st_size)
        document = document.read_bytes()
    mesurer(len(document))
    return depuis_le_json(enclos.confier(__name__, document, nom))


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


def enfant() -> None:
    """Ce que fait le processus de l'enclos."""
    enclos.repondre(lambda octets, nom: en_json(lire_ici(octets, nom)))


def en_json(texte: Texte) -> bytes:
    return json.dumps({"issue": "lu", "texte": asdict(texte)}, ensure_ascii=False).encode()


def depuis_le_json(octets: bytes) -> Texte:
    lu = enclos.lu_du_json(octets)
    paragraphes = tuple(
        Paragraphe(**{**p, "cellule": Cellule(**p["cellule"]) if p["cellule"] else None})
        for p in lu["paragraphes"]
    )
    return Texte(sorte=lu["sorte"], paragraphes=paragraphes, lacunes=tuple(lu["lacunes"]))


def mesurer(taille: int) -> None:
    """Refuse un document trop gros ; se demande avant de le charger, quand sa taille est connue."""
    if taille > bornes.OCTETS_DU_FICHIER:
        raise refus.trop_gros(
            f"il pèse {taille // bornes.MEGAOCTET} Mo, "
            f"plus que les {bornes.OCTETS_DU_FICHIER // bornes.MEGAOCTET} Mo admis"
        )

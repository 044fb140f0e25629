"""Ce qui est installé, comparé au manifeste, fichier par fichier."""

import hashlib
from enum import Enum
from pathlib import Path

from formats.normes.manifeste import Fichier, Jeu


class Etat(Enum):
    """L'état d'un jeu sur cette machine."""

    INSTALLE = "installé"
    ABSENT = "absent"
    INCOMPLET = "incomplet"
    ALTERE = "altéré"


def est_celui(fichier: Fichier, contenu: bytes) -> bool:
    """Ce contenu est celui que le manifeste attend, au bit près."""
    return len(contenu) == fichier.taille and hashlib.sha256(contenu).hexdigest() == fichier.sha256


def fichiers_en_defaut(jeu: Jeu, normes: Path) -> tuple[list[Fichier], list[Fichier]]:
    """Les fichiers absents, et ceux dont l'empreinte n'est pas celle du manifeste."""
    absents: list[Fichier] = []
    alteres: list[Fichier] = []
    for fichier in jeu.fichiers:
        chemin = normes / jeu.dossier / fichier.chemin
        if not chemin.is_file():
            absents.append(fichier)
        elif chemin.stat().st_size != fichier.taille or not est_celui(fichier, chemin.read_bytes()):
            alteres.append(fichier)
    return absents, alteres


def etat_du_jeu(jeu: Jeu, normes: Path) -> Etat:
    absents, alteres = fichiers_en_defaut(jeu, normes)
    if alteres:
        return Etat.ALTERE
    if len(absents) == len(jeu.fichiers):
        return Etat.ABSENT
    return Etat.INCOMPLET if absents else Etat.INSTALLE

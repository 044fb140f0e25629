"""Lire et écrire des fichiers pour une commande : jamais de moitié, toujours une phrase quand cela échoue."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from beffroi.cli.erreurs import ErreurDeCommande


@contextmanager
def fichier_lisible(chemin: Path) -> Iterator[BufferedReader]:
    try:
        with chemin.open("rb") as flux:
            yield flux
    except FileNotFoundError:
        raise ErreurDeCommande(f"le fichier {chemin} n'existe pas.") from None
    except IsADirectoryError:
        raise ErreurDeCommande(f"{chemin} est un dossier : indiquez les fichiers un par un.") from None
    except PermissionError:
        raise ErreurDeCommande(f"le fichier {chemin} ne peut pas être lu : vérifiez ses droits.") from None


@contextmanager
def ecrire_a_cote(chemin: Path) -> Iterator[BinaryIO]:
    """Écrit dans un fichier voisin, durable, puis le met à sa place : un fichier présent est un fichier entier."""
    brouillon = chemin.with_name(f".{chemin.name}.{os.getpid()}.partiel")
    try:
        with brouillon.open("wb") as flux:
            yield flux
            flux.flush()
            os.fsync(flux.fileno())
        brouillon.replace(chemin)
    except OSError as erreur:
        raise ErreurDeCommande(f"impossible d'écrire {chemin} : {erreur.strerror}.") from erreur
    finally:
        brouillon.unlink(missing_ok=True)


def dossier_de_sortie(dossier: Path) -> Path:
    """Le dossier où écrire, créé au besoin."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible d'écrire dans {dossier} : {erreur.strerror}. Indiquez-en un autre."
        ) from erreur
    return dossier

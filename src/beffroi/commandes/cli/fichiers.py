"""Lire et écrire des fichiers pour une commande :
jamais de moitié, toujours une phrase quand cela échoue.
"""

import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from beffroi.commandes.cli.erreurs import ErreurDeCommande


@contextmanager
def fichier_lisible(chemin: Path) -> Iterator[BufferedReader]:
    try:
        with chemin.open("rb") as flux:
            yield flux
    except FileNotFoundError:
        raise ErreurDeCommande(f"le fichier {chemin} n'existe pas.") from None
    except IsADirectoryError:
        raise ErreurDeCommande(
            f"{chemin} est un dossier : indiquez les fichiers un par un."
        ) from None
    except PermissionError:
        raise ErreurDeCommande(
            f"le fichier {chemin} ne peut pas être lu : vérifiez ses droits."
        ) from None


def empreinte_de(chemin: Path) -> str:
    """Le SHA-256 d'un fichier, lu par blocs."""
    with fichier_lisible(chemin) as flux:
        return hashlib.file_digest(flux, "sha256").hexdigest()


@contextmanager
def ecrire_a_cote(chemin: Path) -> Iterator[BinaryIO]:
    """Écrit dans un fichier voisin, durable, puis le met à sa place :
    un fichier présent est un fichier entier.
    """
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


def ecrire_pour_soi(chemin: Path, contenu: bytes) -> None:
    """Un secret : lisible de qui lance la commande, dès son premier octet ; rien n'est écrasé."""
    try:
        with open(os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as flux:
            flux.write(contenu)
            flux.flush()
            os.fsync(flux.fileno())
    except FileExistsError:
        raise ErreurDeCommande(f"« {chemin} » existe déjà : donnez un autre nom.") from None
    except OSError as erreur:
        raise ErreurDeCommande(f"impossible d'écrire {chemin} : {erreur.strerror}.") from erreur


def remplacer_pour_soi(chemin: Path, contenu: str) -> bool:
    """Un secret à la place d'un autre, d'un trait, à la même personne et sous les mêmes droits ;
    faux si le système tient ce fichier (celui d'un coffre à secrets).
    """
    brouillon = chemin.with_name(f".{chemin.name}.{os.getpid()}.partiel")
    try:
        etat = chemin.stat()
        with open(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as flux:
            flux.write(contenu)
            flux.flush()
            os.fsync(flux.fileno())
        brouillon.chmod(stat.S_IMODE(etat.st_mode))
        if os.geteuid() == 0:
            os.chown(brouillon, etat.st_uid, etat.st_gid)
        brouillon.replace(chemin)
    except OSError:
        return False
    finally:
        brouillon.unlink(missing_ok=True)
    return True


def dossier_de_sortie(dossier: Path) -> Path:
    """Le dossier où écrire, créé au besoin."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        raise ErreurDeCommande(
            f"impossible d'écrire dans {dossier} : {erreur.strerror}. Indiquez-en un autre."
        ) from erreur
    return dossier


def sorties_neuves(
    entrees: Sequence[Path], *, vers: Path, nommer: Callable[[Path], str]
) -> dict[Path, Path]:
    """Où chaque entrée s'écrit.

    Rien n'est jamais écrasé : ni ce qui est déjà là, ni l'entrée d'avant.
    """
    sorties: dict[Path, Path] = {}
    vues: dict[str, Path] = {}
    for entree in entrees:
        sortie = vers / nommer(entree)
        # Un disque de Windows ou de Mac confond les casses, et les accents composés ou non.
        cle = unicodedata.normalize("NFC", sortie.name).casefold()
        if cle in vues:
            raise ErreurDeCommande(
                f"{vues[cle]} et {entree} s'écriraient tous deux dans {sortie} : "
                "rien n'a été écrit. "
                "Traitez-les en deux fois, avec deux dossiers --vers."
            )
        if os.path.lexists(sortie):
            raise ErreurDeCommande(
                f"{sortie} existe déjà : rien n'a été écrit. Indiquez un autre dossier par --vers, "
                "ou rangez ce fichier."
            )
        vues[cle], sorties[entree] = entree, sortie
    return sorties

"""D'où viennent les fichiers officiels : un dossier, une archive, leur éditeur.

Aucun n'est cru : l'empreinte décide.
"""

import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

import httpx

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from formats.normes import Fichier, Jeu

SECONDES = 30.0
ESSAIS = 3


class Source(Protocol):
    """De quoi lire un fichier d'un jeu."""

    def lire(self, jeu: Jeu, fichier: Fichier) -> bytes | None:
        """Son contenu, au plus un octet de trop ; rien si la source ne l'a pas."""


class Dossier:
    """Un dossier préparé ailleurs :
    rangé comme le nôtre, ou la copie de ce que publie l'éditeur.
    """

    def __init__(self, racine: Path) -> None:
        self._racine = racine

    def lire(self, jeu: Jeu, fichier: Fichier) -> bytes | None:
        for chemin in (self._racine / jeu.dossier / fichier.chemin, self._racine / fichier.chemin):
            if chemin.is_file():
                with chemin.open("rb") as flux:
                    return flux.read(fichier.taille + 1)
        return None


class Archive:
    """Une archive tar ou zip.

    On n'en lit que ce que le manifeste nomme, en mémoire : elle ne choisit aucun chemin.
    """

    def __init__(self, ouverte: tarfile.TarFile | zipfile.ZipFile) -> None:
        self._ouverte = ouverte
        noms = ouverte.getnames() if isinstance(ouverte, tarfile.TarFile) else ouverte.namelist()
        self._noms = {nom: nom for nom in noms}
        # Une archive a souvent un dossier de tête, comme « eForms-SDK-1.15.1 ».
        for nom in noms:
            sans_tete = "/".join(PurePosixPath(nom).parts[1:])
            self._noms.setdefault(sans_tete, nom)

    def lire(self, jeu: Jeu, fichier: Fichier) -> bytes | None:
        for chemin in (
            f"{jeu.dossier}/{fichier.chemin}",
            f"./{jeu.dossier}/{fichier.chemin}",
            fichier.chemin,
        ):
            if chemin in self._noms:
                return self._extraire(self._noms[chemin], fichier.taille + 1)
        return None

    def _extraire(self, nom: str, maximum: int) -> bytes | None:
        if isinstance(self._ouverte, zipfile.ZipFile):
            with self._ouverte.open(nom) as entree:
                return entree.read(maximum)
        flux = self._ouverte.extractfile(nom)
        return flux.read(maximum) if flux else None


class Editeur:
    """Le site de l'éditeur, en HTTPS seulement, sans suivre une redirection vers autre chose."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def lire(self, jeu: Jeu, fichier: Fichier) -> bytes | None:
        adresse = jeu.source + fichier.chemin
        if not adresse.startswith("https://"):
            raise ErreurDeCommande(f"{adresse} n'est pas en HTTPS : rien n'est téléchargé.")
        for essai in range(1, ESSAIS + 1):
            try:
                return self._telecharger(adresse, fichier.taille + 1)
            except httpx.TransportError as erreur:
                if essai == ESSAIS:
                    raise ErreurDeCommande(
                        f"{adresse} ne répond pas ({type(erreur).__name__}). "
                        "Relancez la commande : elle reprendra où elle "
                        "s'est arrêtée. Sans Internet : --depuis."
                    ) from erreur
        return None

    def _telecharger(self, adresse: str, maximum: int) -> bytes | None:
        contenu = bytearray()
        with self._client.stream("GET", adresse) as reponse:
            if reponse.status_code == httpx.codes.NOT_FOUND:
                return None
            if reponse.status_code != httpx.codes.OK:
                raise ErreurDeCommande(
                    f"{adresse} répond {reponse.status_code} : rien n'est installé de ce fichier."
                )
            for bloc in reponse.iter_bytes():
                contenu += bloc
                if len(contenu) >= maximum:
                    break
        return bytes(contenu[:maximum])


@contextmanager
def ouvrir(
    depuis: Path | None, *, transport: httpx.BaseTransport | None = None
) -> Iterator[Source]:
    """La source demandée : l'éditeur, ou le dossier ou l'archive de `--depuis`."""
    if depuis is None:
        with httpx.Client(timeout=SECONDES, follow_redirects=False, transport=transport) as client:
            yield Editeur(client)
    elif depuis.is_dir():
        yield Dossier(depuis)
    elif not depuis.exists():
        raise ErreurDeCommande(f"{depuis} n'existe pas.")
    elif zipfile.is_zipfile(depuis):
        with zipfile.ZipFile(depuis) as archive:
            yield Archive(archive)
    elif tarfile.is_tarfile(depuis):
        with tarfile.open(depuis) as archive_tar:
            yield Archive(archive_tar)
    else:
        raise ErreurDeCommande(f"{depuis} n'est ni un dossier, ni une archive tar ou zip.")

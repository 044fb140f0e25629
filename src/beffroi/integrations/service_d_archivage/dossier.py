"""Déposer un paquet dans un dossier que le service d'archives relève,
et lire les réponses qu'il écrit dans un autre.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from beffroi.garde.versements.ports import Transfert
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.stockage.local import DISQUE_PLEIN
from formats.seda.bornes import OCTETS_D_UNE_REPONSE

# Chacune a dix mégaoctets au plus : elles tiennent ensemble en mémoire.
REPONSES_AU_PLUS = 10
PLEIN = (
    "Le dossier du service d'archives est plein : rien n'y a été laissé. L'envoi sera recommencé ; "
    "prévenez l'exploitant."
)


class DossierDEchange:
    """Voir `versements.ports.ServiceDArchivage`.

    `<paquet>-<versement>.zip`, puis son empreinte dans `.zip.sha256` :
    qui relève le dossier attend l'empreinte.
    """

    voie = "dossier"

    def __init__(self, dossier: Path, reponses: Path | None) -> None:
        self._dossier, self._reponses = dossier, reponses

    def deposer(self, transfert: Transfert, *, maintenant: datetime) -> None:
        """Présent veut dire entier et durable.

        Déjà déposé, il ne l'est pas deux fois : le service l'a peut-être emporté.
        """
        marque = self._dossier / f"{transfert.nom}.sha256"
        try:
            if not marque.exists():
                self._poser(self._dossier / transfert.nom, transfert)
                self._poser(marque, f"{transfert.sha256}  {transfert.nom}\n".encode())
        except OSError as erreur:
            if erreur.errno in DISQUE_PLEIN:
                raise ServiceIndisponible(PLEIN) from erreur
            raise ServiceIndisponible(
                f"Le dossier du service d'archives n'a pas reçu le paquet ({erreur.strerror}). "
                "L'envoi sera recommencé ; "
                "prévenez l'exploitant."
            ) from erreur

    def reponses(self, identifiant: str) -> Iterator[bytes]:
        """Chaque fichier XML dont le nom porte l'identifiant du transfert."""
        if self._reponses is None:
            return
        try:
            noms = [
                nom
                for nom in os.listdir(self._reponses)
                if identifiant in nom and nom.lower().endswith(".xml")
            ]
            for nom in sorted(nom for nom in noms if not nom.startswith("."))[:REPONSES_AU_PLUS]:
                lue = lire_un_fichier(self._reponses / nom)
                if lue is not None:
                    yield lue
        except OSError as erreur:
            raise ServiceIndisponible(
                f"Le dossier des réponses du service d'archives ne se lit pas ({erreur.strerror}). "
                "Prévenez l'exploitant."
            ) from erreur

    def _poser(self, cible: Path, contenu: Transfert | bytes) -> None:
        """Écrit à côté, met en place, et rend durable le nom comme les octets.

        Deux ouvriers ne s'y gênent pas.
        """
        brouillon = cible.with_name(f".{cible.name}.{secrets.token_hex(4)}.partiel")
        try:
            with brouillon.open("wb") as flux:
                for bloc in contenu.blocs() if isinstance(contenu, Transfert) else [contenu]:
                    flux.write(bloc)
                flux.flush()
                os.fsync(flux.fileno())
            brouillon.replace(cible)
        finally:
            brouillon.unlink(missing_ok=True)
        rendre_durable(self._dossier)


def rendre_durable(dossier: Path) -> None:
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def lire_un_fichier(chemin: Path) -> bytes | None:
    """Les octets, et un de plus que permis s'il y en a trop : qui lit le dira.

    Rien pour un lien, un tube, un dossier.
    """
    try:
        descripteur = os.open(chemin, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as erreur:
        if erreur.errno in {errno.ELOOP, errno.ENOENT}:
            return None
        raise
    if not stat.S_ISREG(os.fstat(descripteur).st_mode):
        os.close(descripteur)
        return None
    with os.fdopen(descripteur, "rb") as flux:
        return flux.read(OCTETS_D_UNE_REPONSE + 1)

"""Le disque local. Un fichier envoyé par parties est un dossier :
ses parties bout à bout sont le fichier.

Le nom d'une partie porte son empreinte (`00003-<sha256>`). Deux envois simultanés de la même partie
n'écrivent donc jamais l'un sur l'autre : la base dit laquelle compte, et `achever` retire les
autres. Rien n'est recopié à la fin.
"""

import contextlib
import errno
import hashlib
import io
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from beffroi.socle.fondations.erreurs import EspaceInsuffisant
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.stockage.lecture import LecteurDeParties
from beffroi.socle.fondations.stockage.protocole import (
    LECTURE_OCTETS,
    Cible,
    CleInconnue,
    Ecrit,
    Envoi,
    Partie,
    PartieRefusee,
    StockageEnPanne,
    verifier_la_cle,
)

NOM_DE_PARTIE = re.compile(r"\d{5}-[0-9a-f]{64}")
DISQUE_PLEIN = {errno.ENOSPC, errno.EDQUOT}
# Monté en lecture seule, dossier d'un autre compte, disque débranché ou qui meurt.
DISQUE_EN_PANNE = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.ENOTCONN}
PLUS_TARD = "Réessayez dans un instant."
# Sans tampon, qui lit ligne à ligne demanderait au système chaque octet.
TAMPON_OCTETS = 64 * 1024


class LocalStore:
    """Un dossier du serveur."""

    par_nous = True

    def __init__(self, dossier: Path) -> None:
        self.dossier = Path(dossier)

    def repondre(self) -> None:
        """Le dossier naît au premier fichier : on essaie le plus proche qui existe."""
        ici = next(un for un in (self.dossier, *self.dossier.parents) if un.exists())
        if not (ici.is_dir() and os.access(ici, os.W_OK)):
            raise StockageEnPanne(f"Le dossier {ici} ne s'écrit pas. {PLUS_TARD}")

    def se_lit_sans_acces(self, cle: str) -> bool:
        """Un disque n'a pas d'adresse publique ; ses dossiers se ferment comme ceux du service."""
        return False

    def ecrire(self, cle: str, flux: BinaryIO) -> Ecrit:
        """Garde tout le flux sous cette clé ; durable au retour."""
        chemin = self.chemin(cle)
        with ecriture_durable(chemin) as brouillon:
            ecrit = copier(flux, brouillon)
        return ecrit

    def lire(self, cle: str, debut: int = 0, longueur: int | None = None) -> BinaryIO:
        lecteur = LecteurDeParties(self.morceaux(cle), debut, longueur)
        return io.BufferedReader(lecteur, TAMPON_OCTETS)

    def taille(self, cle: str) -> int:
        return sum(morceau.stat().st_size for morceau in self.morceaux(cle))

    def marque(self, cle: str) -> str:
        """L'heure du dernier changement se pose par le système, et ne se choisit pas."""
        etats = (morceau.stat() for morceau in self.morceaux(cle))
        return "/".join(f"{e.st_ino}-{e.st_size}-{e.st_mtime_ns}-{e.st_ctime_ns}" for e in etats)

    def supprimer(self, cle: str) -> None:
        """Efface ; recommencer ne change rien."""
        chemin = self.chemin(cle)
        if chemin.is_dir():
            shutil.rmtree(chemin)
        else:
            chemin.unlink(missing_ok=True)

    def adresse_de_lecture(self, cle: str, nom: str) -> str | None:
        self.morceaux(cle)
        return None

    def commencer(self, cle: str) -> Envoi:
        chemin = self.chemin(cle)
        with pannes_en_phrases():
            creer_le_dossier(chemin)
        return Envoi(cle)

    def cible_de_partie(self, envoi: Envoi, partie: Partie) -> Cible | None:
        return None

    def ecrire_partie(self, envoi: Envoi, partie: Partie, flux: BinaryIO) -> None:
        """Garde la partie si ses octets sont ceux annoncés ; durable au retour, rien sinon."""
        with ecriture_durable(self.chemin_de_partie(envoi, partie)) as brouillon:
            point_de_panne("partie.pendant_ecriture")
            ecrit = copier(flux, brouillon, au_plus=partie.taille)
            if ecrit.taille != partie.taille:
                raise PartieRefusee(
                    f"La partie {partie.numero} est arrivée incomplète : "
                    f"{ecrit.taille} octets sur {partie.taille}. "
                    "Envoyez-la de nouveau.",
                    partie=partie.numero,
                )
            if ecrit.sha256 != partie.sha256:
                raise PartieRefusee(
                    (
                        f"La partie {partie.numero} a été abîmée en chemin : "
                        "son empreinte diffère. Envoyez-la de nouveau."
                    ),
                    partie=partie.numero,
                )

    def oublier_partie(self, envoi: Envoi, partie: Partie) -> None:
        self.chemin_de_partie(envoi, partie).unlink(missing_ok=True)

    def parties(self, envoi: Envoi) -> tuple[Partie, ...] | None:
        return None

    def achever(self, envoi: Envoi, parties: tuple[Partie, ...]) -> None:
        """Ne laisse dans le dossier que les parties retenues ; rien n'est recopié."""
        retenues = {self.chemin_de_partie(envoi, partie).name for partie in parties}
        dossier = self.chemin(envoi.cle)
        presentes = {entree.name for entree in os.scandir(dossier)}
        if not retenues <= presentes:
            raise CleInconnue(f"{envoi.cle} : partie absente du disque")
        for intrus in presentes - retenues:
            (dossier / intrus).unlink(missing_ok=True)
        synchroniser_le_dossier(dossier)

    def abandonner(self, envoi: Envoi) -> None:
        self.supprimer(envoi.cle)

    def chemin(self, cle: str) -> Path:
        return self.dossier / verifier_la_cle(cle)

    def chemin_de_partie(self, envoi: Envoi, partie: Partie) -> Path:
        nom = f"{partie.numero:05d}-{partie.sha256}"
        if not NOM_DE_PARTIE.fullmatch(nom):
            raise ValueError(f"partie refusée : {nom!r}")
        return self.chemin(envoi.cle) / nom

    def morceaux(self, cle: str) -> list[Path]:
        """Les fichiers qui, bout à bout, sont le contenu de cette clé."""
        chemin = self.chemin(cle)
        if chemin.is_dir():
            return sorted(
                entree for entree in chemin.iterdir() if NOM_DE_PARTIE.fullmatch(entree.name)
            )
        if chemin.is_file():
            return [chemin]
        raise CleInconnue(cle)


def copier(flux: BinaryIO, vers: BinaryIO, *, au_plus: int | None = None) -> Ecrit:
    """Recopie en calculant l'empreinte, sans jamais tenir plus d'un bloc en mémoire."""
    empreinte, taille = hashlib.sha256(), 0
    while au_plus is None or taille < au_plus:
        bloc = flux.read(
            LECTURE_OCTETS if au_plus is None else min(LECTURE_OCTETS, au_plus - taille)
        )
        if not bloc:
            break
        empreinte.update(bloc)
        vers.write(bloc)
        taille += len(bloc)
    return Ecrit(taille=taille, sha256=empreinte.hexdigest())


@contextlib.contextmanager
def ecriture_durable(chemin: Path) -> Iterator[BinaryIO]:
    """Écrit à côté, synchronise, renomme, synchronise le dossier. Une erreur ne laisse rien."""
    brouillon = chemin.parent / f"brouillon-{secrets.token_hex(8)}"
    with pannes_en_phrases():
        creer_le_dossier(chemin.parent)
        try:
            with brouillon.open("xb", buffering=0) as flux:
                yield cast(BinaryIO, EcrivainEntier(flux.fileno()))
                os.fsync(flux.fileno())
            brouillon.rename(chemin)
        except BaseException:
            brouillon.unlink(missing_ok=True)
            raise
        synchroniser_le_dossier(chemin.parent)


class EcrivainEntier:
    """Écrit tout le bloc, quitte à s'y reprendre : le système peut n'en prendre qu'une partie."""

    def __init__(self, descripteur: int) -> None:
        self.descripteur = descripteur

    def write(self, bloc: bytes) -> int:
        reste = memoryview(bloc)
        while reste:
            reste = reste[os.write(self.descripteur, reste) :]
        return len(bloc)


def creer_le_dossier(dossier: Path) -> None:
    """Crée le dossier et ses parents, chacun rendu durable dans le sien."""
    manquants = []
    while not dossier.exists():
        manquants.append(dossier)
        dossier = dossier.parent
    for manquant in reversed(manquants):
        manquant.mkdir(exist_ok=True)
        synchroniser_le_dossier(manquant.parent)


def synchroniser_le_dossier(dossier: Path) -> None:
    descripteur = os.open(dossier, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


@contextlib.contextmanager
def pannes_en_phrases() -> Iterator[None]:
    """Traduit les refus du disque : plein, ou en panne."""
    try:
        yield
    except OSError as erreur:
        if erreur.errno in DISQUE_PLEIN:
            manquer_de_place(erreur)
        if erreur.errno in DISQUE_EN_PANNE:
            raise StockageEnPanne(f"Notre disque ne s'écrit plus. {PLUS_TARD}") from erreur
        raise


def manquer_de_place(erreur: OSError) -> NoReturn:
    raise EspaceInsuffisant(
        "Notre serveur manque de place : ce n'est pas de votre fait. "
        "Ce qui est déjà reçu est gardé. "
        "Réessayez dans quelques minutes, ou appelez l'assistance."
    ) from erreur

"""Le dossier des sauvegardes : `fichiers/`, commun à toutes, et un dossier daté par sauvegarde.

Dans un dossier daté : la copie de la base, `cles/`, la liste `fichiers.sha256` (celle que lit
`sha256sum -c`), et `sauvegarde.json`, écrit le dernier : sans lui, la sauvegarde n'est pas finie.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import ecrire_a_cote
from beffroi.commandes.cli.sauvegarde_fichiers import Source

FICHIERS, CLES, LISTE, FICHE = "fichiers", "cles", "fichiers.sha256", "sauvegarde.json"
BASES = {"postgresql": "base.dump", "sqlite": "beffroi.sqlite3"}
BLOC = 1 << 20


@dataclass(frozen=True)
class Sauvegarde:
    """Une sauvegarde finie, et ce que sa fiche en dit."""

    dossier: Path
    moteur: str
    commencee_le: datetime
    sha256: str

    @property
    def base(self) -> Path:
        return self.dossier / BASES[self.moteur]

    @property
    def fichiers(self) -> Path:
        return self.dossier.parent / FICHIERS

    def liste(self) -> Iterator[tuple[str, str]]:
        """Le chemin et l'empreinte de chaque fichier ; nul ne sort du dossier des fichiers."""
        for ligne in (self.dossier / LISTE).read_text("utf-8").splitlines():
            empreinte, _, chemin = ligne.partition("  ")
            chemin = chemin.removeprefix(f"{FICHIERS}/")
            if ".." in PurePosixPath(chemin).parts or chemin.startswith("/"):
                raise ErreurDeCommande(
                    f"{self.dossier / LISTE} nomme « {chemin} », hors des fichiers gardés : cette "
                    "liste a été changée. Prenez une autre sauvegarde."
                )
            yield chemin, empreinte


def derniere(racine: Path) -> Sauvegarde:
    """La dernière sauvegarde finie ;
    un nom de dossier est un instant, l'ordre des noms est celui du temps.
    """
    if not racine.is_dir():
        raise ErreurDeCommande(f"{racine} n'est pas un dossier.")
    fiches = sorted(racine.glob(f"*/{FICHE}"))
    if not fiches:
        raise ErreurDeCommande(
            f"{racine} ne contient aucune sauvegarde finie. Faites-en une : sauvegarde faire."
        )
    return lire(fiches[-1].parent)


def lire(dossier: Path) -> Sauvegarde:
    try:
        dit = json.loads((dossier / FICHE).read_text("utf-8"))
        if dit["moteur"] not in BASES:
            raise ValueError
        return Sauvegarde(
            dossier, dit["moteur"], datetime.fromisoformat(dit["commencee_le"]), dit["sha256"]
        )
    except (OSError, ValueError, LookupError, TypeError):
        raise ErreurDeCommande(
            f"{dossier / FICHE} ne se lit pas : ce n'est pas une sauvegarde."
        ) from None


def ecrire_la_fiche(
    dossier: Path, *, moteur: str, commencee_le: datetime, sha256: str, instant: str = ""
) -> None:
    fiche = {"moteur": moteur, "commencee_le": commencee_le.isoformat(), "sha256": sha256}
    if instant:
        fiche["lsn"] = instant
    with ecrire_a_cote(dossier / FICHE) as flux:
        flux.write(json.dumps(fiche, indent=1).encode())


def copier_ce_qui_manque(source: Source, racine: Path, dossier: Path) -> tuple[int, int]:
    """Copie les fichiers que la sauvegarde n'a pas encore : reçus, ils ne changent plus.

    Rend leur nombre et leurs octets.
    """
    connues = {
        chemin: empreinte
        for fiche in racine.glob(f"*/{FICHE}")
        for chemin, empreinte in lire(fiche.parent).liste()
    }
    nombre = octets = 0
    with ecrire_a_cote(dossier / LISTE) as liste:
        for chemin, taille in source.parcourir():
            vers = racine / FICHIERS / chemin
            if chemin not in connues or not vers.exists() or vers.stat().st_size != taille:
                with source.ouvrir(chemin) as lu:
                    connues[chemin] = copier(lu, vers)
                nombre, octets = nombre + 1, octets + vers.stat().st_size
            liste.write(f"{connues[chemin]}  {FICHIERS}/{chemin}\n".encode())
    return nombre, octets


def copier(lu: BinaryIO, vers: Path) -> str:
    """Copie par blocs, durable, et rend le SHA-256 de ce qui fut lu."""
    vers.parent.mkdir(parents=True, exist_ok=True)
    condense = hashlib.sha256()
    with ecrire_a_cote(vers) as ecrit:
        while bloc := lu.read(BLOC):
            condense.update(bloc)
            ecrit.write(bloc)
    return condense.hexdigest()


def copier_les_cles(source: Path, vers: Path) -> None:
    """Le dossier des clés, lisible de son propriétaire seul."""
    shutil.copytree(source, vers, ignore=_sans_fichier, dirs_exist_ok=True)
    vers.chmod(0o700)


def _sans_fichier(dossier: str, noms: list[str]) -> list[str]:
    """La prise où le coffre écoute, tant que la plateforme sert :
    elle ne se copie pas, et renaît avec lui.
    """
    lieux = {nom: Path(dossier) / nom for nom in noms}
    return [nom for nom, lieu in lieux.items() if not (lieu.is_file() or lieu.is_dir())]

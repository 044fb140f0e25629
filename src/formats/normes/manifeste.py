"""Le manifeste, versé avec le produit : il décide seul de ce qui est un fichier officiel."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

ICI = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Fichier:
    """Un fichier d'un jeu : son chemin dans le jeu, son empreinte, sa taille en octets."""

    chemin: str
    sha256: str
    taille: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Jeu:
    """Un jeu de fichiers.

    `source` : l'adresse officielle, vide si le jeu est `derive_de` fichiers officiels.
    """

    nom: str
    titre: str
    version: str
    dossier: str
    source: str
    derive_de: str
    editeur: str
    licence: str
    fichiers: tuple[Fichier, ...]

    @property
    def se_telecharge(self) -> bool:
        return bool(self.source)


@cache
def jeux() -> tuple[Jeu, ...]:
    """Tous les jeux, dans l'ordre du manifeste."""
    return tuple(
        _jeu(ligne) for ligne in tomllib.loads((ICI / "manifeste.toml").read_text("utf-8"))["jeux"]
    )


def jeu(nom: str) -> Jeu | None:
    return next((connu for connu in jeux() if connu.nom == nom), None)


def _jeu(ligne: dict[str, Any]) -> Jeu:
    empreintes = (ICI / "empreintes" / f"{ligne['nom']}.txt").read_text("utf-8").splitlines()
    return Jeu(
        nom=ligne["nom"],
        titre=ligne["titre"],
        version=ligne["version"],
        dossier=ligne["dossier"],
        source=ligne["source"],
        derive_de=ligne.get("derive_de", ""),
        editeur=ligne["editeur"],
        licence=ligne["licence"],
        fichiers=tuple(_fichier(empreinte) for empreinte in empreintes),
    )


def _fichier(ligne: str) -> Fichier:
    sha256, taille, chemin = ligne.split(" ", 2)
    if PurePosixPath(chemin).is_absolute() or ".." in PurePosixPath(chemin).parts:
        raise ValueError(f"Le manifeste nomme un chemin hors du jeu : {chemin}.")
    return Fichier(chemin=chemin, sha256=sha256, taille=int(taille))

"""Un modèle versionné : un texte, ses champs entre accolades, ses blocs « @… ».

Un modèle paru ne se retouche pas.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DOSSIER = Path(__file__).parent / "modeles"
CHAMP = re.compile(r"\{(\w+)\}")
_FICHIER = re.compile(r"(?P<nom>\w+)\.(?P<version>\d+)\.txt")


@dataclass(frozen=True)
class Modele:
    """Le texte d'une version, tel qu'il a paru."""

    nom: str
    version: int
    texte: str

    def __str__(self) -> str:
        return f"{self.nom}.{self.version}"

    @property
    def empreinte(self) -> str:
        return hashlib.sha256(self.texte.encode()).hexdigest()

    @property
    def titre(self) -> str:
        return self.texte.partition("\n")[0].removeprefix("= ")

    @property
    def champs(self) -> frozenset[str]:
        return frozenset(CHAMP.findall(self.texte))

    @property
    def morceaux(self) -> tuple[str, ...]:
        """Le corps, un morceau par titre, paragraphe, liste ou bloc."""
        _, _, corps = self.texte.partition("\n")
        return tuple(morceau.strip() for morceau in corps.split("\n\n") if morceau.strip())


@cache
def modele(nom: str, version: int | None = None, *, dossier: Path = DOSSIER) -> Modele:
    """Cette version d'un modèle ; la dernière parue si rien n'est dit."""
    parues = versions(nom, dossier=dossier)
    retenue = version or max(parues, default=0)
    if retenue not in parues:
        raise LookupError(f"Aucun modèle « {nom} » en version {retenue}.")
    return Modele(nom, retenue, (dossier / f"{nom}.{retenue}.txt").read_text("utf-8"))


def versions(nom: str, *, dossier: Path = DOSSIER) -> tuple[int, ...]:
    trouves = (_FICHIER.fullmatch(fichier.name) for fichier in dossier.iterdir())
    return tuple(
        sorted(int(trouve["version"]) for trouve in trouves if trouve and trouve["nom"] == nom)
    )

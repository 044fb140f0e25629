"""Le registre des activités de traitement, lu de sa table (RGPD, art. 30, § 1 et 2)."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from droit.citation import Article

TABLES = Path(__file__).parents[1] / "tables"
REGISTRE, SOUS_TRAITANCE = Article("RGPD", "30"), Article("RGPD", "28")
ROLES = {
    "responsable": "responsable du traitement",
    "sous_traitant": "sous-traitant de chaque acheteur",
}


@dataclass(frozen=True)
class Traitement:
    """Ce que l'on fait de données de personnes :
    pourquoi, de quel droit, jusqu'à quand, comment c'est gardé.
    """

    cle: str
    titre: str
    role: str
    finalite: str
    base: str
    personnes: str
    donnees: str
    destinataires: str
    duree: str
    mesures: tuple[str, ...]
    tables: str

    @property
    def role_en_clair(self) -> str:
        return ROLES[self.role]

    @property
    def mesures_en_clair(self) -> list[str]:
        return [mesures()[cle] for cle in self.mesures]

    def nomme(self, modele: str) -> bool:
        return any(fnmatchcase(modele, motif) for motif in self.tables.split())


@cache
def mesures() -> dict[str, str]:
    """Les mesures de sécurité, par leur clé."""
    lues: dict[str, str] = tomllib.loads((TABLES / "mesures.toml").read_text("utf-8"))
    return lues


@cache
def traitements() -> tuple[Traitement, ...]:
    """Le registre, dans son ordre.

    Une colonne qui manque se voit au démarrage : la table ne se lit pas.
    """
    lus = tomllib.loads((TABLES / "traitements.toml").read_text("utf-8"))["traitements"]
    return tuple(Traitement(**{**lu, "mesures": tuple(lu["mesures"])}) for lu in lus)

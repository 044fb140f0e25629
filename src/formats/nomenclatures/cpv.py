"""Le vocabulaire commun pour les marchés publics (CPV) :
nos divisions et groupes, la liste entière si on l'a.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("cpv.toml")
LONGUEUR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Un code de huit chiffres et son libellé."""

    code: str
    libelle: str


@cache
def abregee() -> tuple[Code, ...]:
    """Nos divisions et nos groupes, dans l'ordre des codes."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    tous = {**table["divisions"], **table["groupes"]}
    return tuple(
        Code(code=debut.ljust(LONGUEUR, "0"), libelle=tous[debut]) for debut in sorted(tous)
    )


@cache
def entiere(fichier: Path) -> tuple[Code, ...]:
    """La liste entière, du fichier que l'exploitant a installé."""
    with fichier.open(encoding="utf-8", newline="") as flux:
        return tuple(
            Code(code=ligne["code"], libelle=ligne["libelle_fr"])
            for ligne in csv.DictReader(flux, delimiter=";")
        )


def phrase_de_defaut(code: str, *, complete: tuple[Code, ...] = ()) -> str:
    """Ce qui ne va pas dans ce code, ou rien.

    Sans la liste entière, seuls sa forme et son groupe sont vérifiés.
    """
    if len(code) != LONGUEUR or not code.isdecimal():
        return f"« {code} » n'est pas un code CPV. Un code CPV a huit chiffres, sans tiret ni clé."
    if code not in _codes(complete) if complete else not _est_d_un_groupe_connu(code):
        return f"« {code} » n'est pas dans la nomenclature CPV. Vérifiez le code."
    return ""


def _est_d_un_groupe_connu(code: str) -> bool:
    connus = {connu.code for connu in abregee()}
    return code[:3].ljust(LONGUEUR, "0") in connus


@cache
def _codes(liste: tuple[Code, ...]) -> frozenset[str]:
    return frozenset(entree.code for entree in liste)

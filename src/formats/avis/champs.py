"""Notre table des champs d'un avis européen (`champs.toml`), lue une fois."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("champs.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """Un champ : où il est, quand il est exigé, quelle forme il prend, comment le corriger."""

    bt: str
    nom: str
    sur: str
    chemin: str
    obligatoire: frozenset[str]
    si: str
    longueur: int | None
    liste: str
    motif: str
    forme: str
    remede: str


@cache
def champs() -> tuple[Champ, ...]:
    lignes = tomllib.loads(TABLE.read_text("utf-8"))["champs"]
    return tuple(_champ(ligne) for ligne in lignes)


def _champ(ligne: dict[str, Any]) -> Champ:
    return Champ(
        bt=ligne["bt"],
        nom=ligne["nom"],
        sur=ligne["sur"],
        chemin=ligne["chemin"],
        obligatoire=frozenset(ligne.get("obligatoire", ())),
        si=ligne.get("si", ""),
        longueur=ligne.get("longueur"),
        liste=ligne.get("liste", ""),
        motif=ligne.get("motif", ""),
        forme=ligne.get("forme", ""),
        remede=ligne.get("remede", ""),
    )

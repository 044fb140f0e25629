"""Les dix règlements :
cinq sans défaut (`*.md`), et les mêmes achats avec des défauts connus (`*.defauts.toml`).
"""

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from droit.achat import Achat, lire
from tests.relectures.reglements.blocs import Bloc, lire_les_blocs

DOSSIER = Path(__file__).parent
MAINTENANT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOMS = ("travaux", "services", "fournitures", "concession", "accord_cadre")

Sorte = Literal["docx", "odt", "pdf"]


@dataclass(frozen=True, kw_only=True)
class Reglement:
    """Un règlement, l'achat qu'il sert, et les codes qu'un contrôle doit y trouver."""

    nom: str
    sorte: Sorte
    achat: Achat
    blocs: tuple[Bloc, ...]
    bloquants: frozenset[str] = frozenset()
    signales: frozenset[str] = frozenset()

    def en(self, sorte: Sorte) -> "Reglement":
        return replace(self, sorte=sorte)


def sain(nom: str) -> Reglement:
    texte = (DOSSIER / f"{nom}.md").read_text("utf-8")
    fiche = (DOSSIER / f"{nom}.json").read_text("utf-8")
    return Reglement(nom=nom, sorte="docx", achat=lire(fiche), blocs=tuple(lire_les_blocs(texte)))


def fautif(nom: str) -> Reglement:
    """Le texte et la fiche, chaque défaut posé ; un défaut dit les codes qui doivent le trouver."""
    table = tomllib.loads((DOSSIER / f"{nom}.defauts.toml").read_text("utf-8"))
    texte = (DOSSIER / f"{nom}.md").read_text("utf-8")
    fiche = json.loads((DOSSIER / f"{nom}.json").read_text("utf-8"))
    for defaut in table["defaut"]:
        if "champ" in defaut:
            poser(fiche, defaut["champ"].split("."), defaut.get("valeur"))
            continue
        assert texte.count(defaut["ancien"]) == 1, (
            f"{nom} : « {defaut['ancien']} » doit s'y trouver une fois"
        )
        texte = texte.replace(defaut["ancien"], defaut["nouveau"])
    return Reglement(
        nom=table["nom"],
        sorte=table["sorte"],
        achat=lire(json.dumps(fiche)),
        blocs=tuple(lire_les_blocs(texte)),
        bloquants=frozenset(
            code for defaut in table["defaut"] for code in defaut.get("bloque", ())
        ),
        signales=frozenset(
            code for defaut in table["defaut"] for code in defaut.get("signale", ())
        ),
    )


def poser(fiche: Any, chemin: list[str], valeur: object) -> None:
    """Change un champ de la fiche ; l'ôte s'il n'y a pas de valeur."""
    *parents, dernier = chemin
    for pas in parents:
        fiche = fiche[int(pas)] if pas.isdecimal() else fiche[pas]
    if valeur is None:
        del fiche[dernier]
    else:
        fiche[dernier] = valeur


SAINS = tuple(map(sain, NOMS))
FAUTIFS = tuple(map(fautif, NOMS))
TOUS = (*SAINS, *FAUTIFS)

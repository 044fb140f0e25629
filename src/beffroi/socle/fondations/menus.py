"""Les menus et le pied de page :
une entrée se déclare chez le contexte qui sert la page, et nomme celle qu'elle suit.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any


class Menu(StrEnum):
    """À qui le menu est montré."""

    VISITEUR = "visiteur"
    ENTREPRISE = "entreprise"
    GARDIEN = "gardien"
    ACHETEUR = "acheteur"
    EXPLOITANT = "exploitant"


class Pied(StrEnum):
    """Les rubriques du pied de page, dans leur ordre."""

    ENTRAINEMENT = "S'entraîner et vérifier"
    AIDE_ET_OUTILS = "Aide et outils"
    SERVICE = "Ce service"


@dataclass(frozen=True)
class Entree:
    """Une entrée de menu. `apres` est l'adresse de celle qu'elle suit ; vide, elle commence.

    `permis`, un acte et la table de ses rôles : l'entrée ne se montre qu'à qui l'a. `sauf`,
    un motif : les pages sous cette adresse qui n'en sont pas. `au_bout` : après toutes les
    autres, sans en suivre aucune.
    """

    libelle: str
    url: str
    menu: Menu
    _: KW_ONLY
    apres: str = ""
    permis: tuple[str, Mapping[str, frozenset[Any]]] | None = None
    sauf: str = ""
    au_bout: bool = False

    def nom(self, contexte: str) -> str:
        return self.url


@dataclass(frozen=True)
class LienDePied:
    """Un lien du pied de page, à la suite de l'adresse `apres` de sa rubrique."""

    libelle: str
    url: str
    pied: Pied
    _: KW_ONLY
    apres: str = ""

    def nom(self, contexte: str) -> str:
        return self.url

"""Un champ qui désigne un objet gardé : ce que la veille en relit. Sans Django : `config.adapters` en fait la liste."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Champ:
    """`application.Modele.champ`, et comment dire l'objet sans dire ce qu'il contient : des mots d'ici, une référence.

    `empreinte` : le champ qui tient le SHA-256 de ces octets-là ; vide, la première relecture le fixe. Un champ JSON porte ses
    clés et leurs empreintes. `consultation` : le chemin qui y mène ; rien n'est relu avant son heure limite.
    """

    champ: str
    dit: str
    reference: str = "reference"
    empreinte: str = "sha256"
    consultation: str = ""
    seulement: Mapping[str, Any] = field(default_factory=dict)

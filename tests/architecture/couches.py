"""L'ordre de la maison, lu dans `.importlinter` : le seul endroit où il s'écrit."""

from configparser import ConfigParser
from dataclasses import dataclass
from functools import cache

from tests.architecture.arbre import RACINE


@dataclass(frozen=True)
class Place:
    """Où un contrat range un module : l'étage, compté d'en haut, et la pièce de cet étage."""

    contrat: str
    etage: int
    piece: str


@cache
def contrats_d_etages() -> dict[str, list[list[str]]]:
    """Les contrats `layers`, du plus haut étage au plus bas ; à chacun, ses pièces."""
    lus = ConfigParser(interpolation=None)
    lus.read(RACINE / ".importlinter", "utf-8")
    return {
        nom: [
            [piece.strip() for piece in etage.split("|")]
            for etage in contrat["layers"].split("\n")
            if etage.strip()
        ]
        for nom, contrat in lus.items()
        if contrat.get("type") == "layers"
    }


def places(module: str) -> dict[str, Place]:
    """La place du module dans chaque contrat qui le range."""
    return {
        contrat: Place(contrat, rang, piece)
        for contrat, etages in contrats_d_etages().items()
        for rang, pieces in enumerate(etages)
        for piece in pieces
        if f"{module}.".startswith(f"{piece}.")
    }


def descend(de: str, vers: str) -> bool:
    """`de` peut connaître `vers` :
    c'est la même pièce, ou un étage plus bas, dans tout contrat qui range les deux.
    """
    departs, arrivees = places(de), places(vers)
    return all(
        departs[contrat].piece == arrivees[contrat].piece
        or departs[contrat].etage < arrivees[contrat].etage
        for contrat in departs.keys() & arrivees.keys()
    )

"""De quoi un règlement est fait, avant d'être un DOCX, un ODT ou un PDF :
lu d'un texte à la Markdown.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Titre:
    niveau: int
    texte: str


@dataclass(frozen=True)
class Ligne:
    texte: str


@dataclass(frozen=True)
class Liste:
    elements: tuple[str, ...]


@dataclass(frozen=True)
class Tableau:
    lignes: tuple[tuple[str, ...], ...]


Bloc = Titre | Ligne | Liste | Tableau


def lire_les_blocs(texte: str) -> Iterator[Bloc]:
    """`# titre`, `- élément`, `| case | case |`, et le reste : un paragraphe.

    Une ligne vide sépare.
    """
    for morceau in filter(None, (morceau.strip() for morceau in texte.split("\n\n"))):
        lignes = morceau.splitlines()
        if morceau.startswith("#"):
            diese, _, titre = morceau.partition(" ")
            yield Titre(len(diese), titre)
        elif morceau.startswith("- "):
            yield Liste(tuple(ligne.removeprefix("- ") for ligne in lignes))
        elif morceau.startswith("| "):
            yield Tableau(
                tuple(
                    tuple(case.strip() for case in ligne.strip("| ").split(" | "))
                    for ligne in lignes
                )
            )
        else:
            yield Ligne(" ".join(lignes))

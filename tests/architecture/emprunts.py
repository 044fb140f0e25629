"""Ce qu'un quartier emprunte à un contexte d'un autre : un module, et les noms qu'il y prend."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.architecture.arbre import SOURCES, du_produit, relatif, syntaxe

# Personne n'est au-dessus d'eux : la commande de l'exploitant, l'outil de qui écrit la plateforme,
# ce qui parle à un autre serveur entrent dans les pièces, comme un test. Si un nom y change, le
# contrôle des types le dit.
ENTRENT_PARTOUT = {"commandes", "integrations"}


@dataclass(frozen=True)
class Emprunt:
    """`nom`, pris par un fichier au module d'un contexte (« personnes.cles », « signature »).

    `module` est vide quand le nom est pris au contexte lui-même.
    """

    par: str
    contexte: str
    module: str
    nom: str


@cache
def emprunts() -> tuple[Emprunt, ...]:
    """Tous ceux de la maison, le socle excepté : lui est fait pour être employé de partout."""
    return tuple(
        emprunt
        for fichier in du_produit()
        for quartier in quartier_de(fichier)
        if quartier not in ENTRENT_PARTOUT
        for emprunt in pris(syntaxe(fichier), par=relatif(fichier))
        if emprunt.contexte.partition(".")[0] not in {quartier, "socle", "integrations"}
    )


def quartier_de(fichier: Path) -> Iterator[str]:
    if SOURCES / "beffroi" in fichier.parents:
        quartier, *dedans = fichier.relative_to(SOURCES / "beffroi").parts
        if dedans:
            yield quartier


def pris(arbre: ast.Module, *, par: str) -> Iterator[Emprunt]:
    """Chaque nom pris à un contexte ; d'un module importé en entier, ceux qu'on y lit."""
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.Import):
            for importe in noeud.names:
                yield from _du_module(importe.name, [""], par)
        elif isinstance(noeud, ast.ImportFrom):
            for importe in noeud.names:
                entier = f"{noeud.module}.{importe.name}"
                if est_un_module(entier):
                    lus = lus_dans(arbre, importe.asname or importe.name)
                    yield from _du_module(entier, lus or [""], par)
                else:
                    yield from _du_module(noeud.module or "", [importe.name], par)


def _du_module(module: str, noms: Iterable[str], par: str) -> Iterator[Emprunt]:
    """`beffroi.personnes.cles.signature` : le module du contexte, puis ses noms."""
    racine, quartier, contexte, dedans, *plus_loin = [*module.split("."), "", "", ""]
    if racine == "beffroi" and contexte:
        sous = ".".join(filter(None, plus_loin))
        for nom in noms:
            yield Emprunt(
                par, f"{quartier}.{contexte}", dedans, ".".join(filter(None, (sous, nom)))
            )


def est_un_module(nom: str) -> bool:
    chemin = SOURCES.joinpath(*nom.split("."))
    return chemin.with_suffix(".py").exists() or (chemin / "__init__.py").exists()


def lus_dans(arbre: ast.Module, module: str) -> list[str]:
    """`cles.part_de(…)` lit `part_de` dans `cles`."""
    return sorted(
        {
            noeud.attr
            for noeud in ast.walk(arbre)
            if isinstance(noeud, ast.Attribute)
            and isinstance(noeud.value, ast.Name)
            and noeud.value.id == module
        }
    )


def montres(contexte: str) -> tuple[str, ...]:
    """Ce que le contexte dit montrer aux autres quartiers, hors des modules publics."""
    return tuple(getattr(import_module(f"beffroi.{contexte}"), "MONTRE", ()))

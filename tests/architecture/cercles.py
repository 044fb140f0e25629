"""Les imports d'un module à l'autre, lus dans le code,
et les cercles qu'ils forment (algorithme de Tarjan).
"""

import ast
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

Graphe = Mapping[str, Set[str]]


def graphe_des_imports(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Pour chaque module, ceux qu'il importe : en tête, ou au fond d'une fonction ;
    pas ce que seul le typage lit.
    """
    return {
        nom: {
            cible
            for importe in _imports(arbre)
            if (cible := _module(importe, modules)) and cible != nom
        }
        for nom, arbre in modules.items()
    }


def nom_du_module(fichier: Path, racine: Path) -> str:
    parties = fichier.relative_to(racine).with_suffix("").parts
    return ".".join(parties[:-1] if parties[-1] == "__init__" else parties)


def _imports(noeud: ast.AST) -> Iterator[str]:
    for enfant in ast.iter_child_nodes(noeud):
        match enfant:
            case ast.If(test=condition) if "TYPE_CHECKING" in ast.unparse(condition):
                # Le typage seul lit la branche vraie ; l'autre s'exécute.
                yield from _imports(ast.Module(enfant.orelse, []))
            case ast.Import(names=noms):
                yield from (alias.name for alias in noms)
            case ast.ImportFrom(module=str(paquet), names=noms):
                yield from (f"{paquet}.{alias.name}" for alias in noms)
            case _:
                yield from _imports(enfant)


def _module(importe: str, modules: Mapping[str, ast.Module]) -> str | None:
    """« paquet.module.nom » désigne un module, ou un nom de ce module."""
    if importe in modules:
        return importe
    paquet = importe.rpartition(".")[0]
    return paquet if paquet in modules else None


def cercles(graphe: Graphe) -> list[list[str]]:
    """Les ensembles de modules qui s'importent les uns les autres,
    chacun nommé dans l'ordre alphabétique.
    """
    return sorted(sorted(membres) for membres in _Tarjan(graphe).composantes() if len(membres) > 1)


class _Tarjan:
    """Les composantes fortement connexes, sans récursion : un chemin d'imports peut être long."""

    def __init__(self, graphe: Graphe) -> None:
        self.graphe = graphe
        self.rang: dict[str, int] = {}
        self.plus_haut: dict[str, int] = {}
        self.pile: list[str] = []

    def composantes(self) -> Iterator[set[str]]:
        for depart in self.graphe:
            if depart not in self.rang:
                yield from self._depuis(depart)

    def _depuis(self, depart: str) -> Iterator[set[str]]:
        chemin = [(depart, self._entrer(depart))]
        while chemin:
            nom, suites = chemin[-1]
            suite = next(suites, None)
            if suite is None:
                chemin.pop()
                if chemin:
                    self._remonter(chemin[-1][0], self.plus_haut[nom])
                if self.plus_haut[nom] == self.rang[nom]:
                    yield self._depiler(nom)
            elif suite not in self.rang:
                chemin.append((suite, self._entrer(suite)))
            elif suite in self.pile:
                self._remonter(nom, self.rang[suite])

    def _entrer(self, nom: str) -> Iterator[str]:
        self.rang[nom] = self.plus_haut[nom] = len(self.rang)
        self.pile.append(nom)
        return iter(sorted(self.graphe[nom]))

    def _remonter(self, nom: str, rang: int) -> None:
        self.plus_haut[nom] = min(self.plus_haut[nom], rang)

    def _depiler(self, nom: str) -> set[str]:
        debut = self.pile.index(nom)
        membres = set(self.pile[debut:])
        del self.pile[debut:]
        return membres

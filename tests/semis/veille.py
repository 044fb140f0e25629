"""Ce que l'on sait de la base pendant un test :
elle est au point où une scène l'a laissée, ou quelqu'un y a écrit depuis.

La veille lit chaque requête qui passe. Un point de reprise défait rend à la base, et à ce que l'on
en sait, ce qu'ils étaient.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection

ECRIT = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "?(\w+)"?', re.I)
REPRISE = re.compile(r'(SAVEPOINT|ROLLBACK TO SAVEPOINT) "(\w+)"')
NE_CHANGE_RIEN = ("SELECT", "RELEASE SAVEPOINT")
INCONNUE = "?"


class Point:
    """Un état de la base, et ce que ses tables contiennent : ligne par ligne, sous leur clé."""

    def __init__(self, tables: dict[str, dict[Any, tuple[Any, ...]]]) -> None:
        self.tables = tables


class Veille:
    """Le dernier point connu, et les tables écrites depuis."""

    def __init__(self) -> None:
        self.bloc: object = None
        self.commencer(None)

    def commencer(self, bloc: object) -> None:
        """Une transaction neuve : un test commence."""
        self.bloc = bloc
        self.point: Point | None = None
        self.ecrites: set[str] = set()
        self.reprises: dict[str, tuple[Point | None, set[str]]] = {}

    def __call__(
        self, executer: Callable[..., Any], sql: str, parametres: Any, en_nombre: bool, avec: Any
    ) -> Any:
        self.suivre(avec["connection"])
        if not sql.startswith(NE_CHANGE_RIEN):
            self.noter(sql)
        return executer(sql, parametres, en_nombre, avec)

    def suivre(self, base: Any) -> None:
        """Le bloc atomique le plus large est celui du test."""
        bloc = base.atomic_blocks[0] if base.atomic_blocks else None
        if bloc is not self.bloc:
            self.commencer(bloc)

    def noter(self, sql: str) -> None:
        if reprise := REPRISE.match(sql):
            geste, nom = reprise.groups()
            if geste == "SAVEPOINT":
                self.reprises[nom] = self.point, {*self.ecrites}
            else:
                self.point, ecrites = self.reprises.get(nom, (None, {INCONNUE}))
                self.ecrites = {*ecrites}
            return
        ecrit = ECRIT.match(sql)
        self.ecrites.add(ecrit[1] if ecrit else INCONNUE)

    def arriver(self, point: Point) -> None:
        """La base est à ce point, exactement."""
        self.point, self.ecrites = point, set()


def veiller() -> Veille:
    """La veille de cette connexion, posée à la première demande."""
    for veilleur in connection.execute_wrappers:
        if isinstance(veilleur, Veille):
            return veilleur
    veille = Veille()
    # En tête : qui en pose une le temps d'un bloc retire la dernière.
    connection.execute_wrappers.insert(0, veille)
    return veille

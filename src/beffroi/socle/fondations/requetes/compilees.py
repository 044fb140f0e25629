"""Un SQL composé, et le compilateur de Django qui en relit les lignes."""

from collections import Counter
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.sql.compiler import SQLCompiler

from beffroi.socle.fondations.requetes.envois import Compose, Envoi


class _Pret:
    """Ce qui, d'un compilateur, ne se recalcule plus."""

    envoi: Envoi
    parametres: tuple[Any, ...]
    convertisseurs: dict[int, Any]

    def as_sql(self, *_: Any, **__: Any) -> Compose:
        if not self.envoi.sql:
            raise EmptyResultSet
        return self.envoi.sql, self.parametres

    def get_converters(self, expressions: Any) -> dict[int, Any]:
        return self.convertisseurs


class Compilee:
    """Elle ne tient pas la connexion du fil qui l'a composée : chaque lecture donne la sienne."""

    def __init__(self, compilateur: SQLCompiler, envoi: Envoi) -> None:
        self.envoi = envoi
        self._comparees: Counter[tuple[str, ...]] = Counter()
        # Ce qui a servi à composer ne sert plus à lire.
        colonnes = [(expression, None, None) for expression, *_ in compilateur.select]
        inutiles = {"connection": None, "query": None, "where": None, "having": None}
        self._etat = {**compilateur.__dict__, **inutiles, "select": colonnes}
        self._sorte: Any = type("CompilateurPret", (_Pret, type(compilateur)), {})
        lues = [colonne[0] for colonne in compilateur.select[: compilateur.col_count]]
        ops = compilateur.connection.ops
        self._convertisseurs = [
            (rang, [_detacher(un, ops) for un in convertisseurs], expression)
            for rang, (convertisseurs, expression) in compilateur.get_converters(lues).items()
        ]

    def pour(self, valeurs: Sequence[Any], base: str) -> SQLCompiler:
        """De quoi lire ces valeurs, par la connexion de ce fil."""
        connexion = connections[base]
        pret = self._sorte.__new__(self._sorte)
        pret.__dict__.update(self._etat)
        pret.connection, pret.envoi = connexion, self.envoi
        pret.parametres = self.envoi.parametres(valeurs, connexion.ops)
        pret.convertisseurs = {
            rang: ([rattacher(connexion.ops) for rattacher in convertisseurs], expression)
            for rang, convertisseurs, expression in self._convertisseurs
        }
        return pret  # type: ignore[no-any-return]

    def a_comparer(self, valeurs: Sequence[Any], *, fois: int) -> bool:
        """Moins de `fois` comparée pour ces textes.

        D'un nombre, d'un jour ou d'une ligne, une lecture ne sait rien à l'avance ; un texte peut
        être celui qu'elle nomme, et qu'aucun témoin ne vaut.
        """
        if not fois:
            return False
        textes = tuple(valeur for valeur in valeurs if isinstance(valeur, str))
        self._comparees[textes] += 1
        return self._comparees[textes] <= fois


def _detacher(convertisseur: Callable[..., Any], ops: Any) -> Callable[[Any], Any]:
    """Celui qui est d'une connexion se redemande à celle qui lit."""
    if getattr(convertisseur, "__self__", None) is ops:
        return attrgetter(convertisseur.__name__)
    return lambda _: convertisseur

"""Un SQL composé une fois, et où vont les valeurs de chaque appel."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models.sql.compiler import SQLCompiler

from beffroi.socle.fondations.requetes.formes import ENTIER_AU_PLUS, NeSePretePas

Compose = tuple[str, tuple[Any, ...]]
# Ce que Django fait d'une valeur pour ce moteur (`connection.ops`).
Adapter = Callable[[Any, Any], Any]


class Place(NamedTuple):
    """Une valeur, ce que le moteur en fait, et ses rangs parmi les paramètres."""

    valeur: int
    adapter: Adapter
    rangs: tuple[int, ...]


class Envoi(NamedTuple):
    """Sans SQL, la requête ne peut rien trouver : elle ne part pas."""

    sql: str
    constantes: tuple[Any, ...]
    places: tuple[Place, ...]

    def parametres(self, valeurs: Sequence[Any], ops: Any) -> tuple[Any, ...]:
        parametres = list(self.constantes)
        for valeur, adapter, rangs in self.places:
            adaptee = adapter(valeurs[valeur], ops)
            for rang in rangs:
                parametres[rang] = adaptee
        return tuple(parametres)


def sql_de(compilateur: SQLCompiler) -> Compose | None:
    """Rien pour celle qui ne peut rien trouver."""
    try:
        sql, parametres = compilateur.as_sql()
    except EmptyResultSet:
        return None
    return sql, tuple(parametres)


def envoi_de(
    composes: Sequence[Compose | None],
    temoins: Sequence[Sequence[Any]],
    ops: Any,
) -> Envoi:
    """Ce que deux compositions aux valeurs différentes ont de commun, et où elles diffèrent."""
    un, deux = composes
    if un is None and deux is None:
        return Envoi("", (), ())
    if un is None or deux is None or un[0] != deux[0] or len(un[1]) != len(deux[1]):
        raise NeSePretePas("le SQL dépend des valeurs")
    places: dict[tuple[int, Any], list[int]] = {}
    adaptations: dict[tuple[int, Any], Adapter] = {}
    for rang, vus in enumerate(zip(un[1], deux[1], strict=True)):
        if not memes(*vus):
            valeur, (nom, adapter) = _d_ou_vient(vus, temoins, ops)
            places.setdefault((valeur, nom), []).append(rang)
            adaptations[valeur, nom] = adapter
    return Envoi(
        un[0],
        un[1],
        tuple(Place(ou[0], adaptations[ou], tuple(rangs)) for ou, rangs in places.items()),
    )


def memes(un: Any, deux: Any) -> bool:
    return type(un) is type(deux) and bool(un == deux)


def _d_ou_vient(
    vus: tuple[Any, Any], temoins: Sequence[Sequence[Any]], ops: Any
) -> tuple[int, tuple[Any, Adapter]]:
    for valeur, siens in enumerate(zip(*temoins, strict=True)):
        for nom, adapter in _adaptations(siens[0], vus[0]):
            if all(memes(adapter(temoin, ops), vu) for temoin, vu in zip(siens, vus, strict=True)):
                return valeur, (nom, adapter)
    raise NeSePretePas("une valeur se transforme avant de partir")


def _adaptations(temoin: Any, vu: Any) -> Iterator[tuple[Any, Adapter]]:
    yield "telle", _telle
    if type(temoin) in ADAPTATIONS:
        yield "adaptée", ADAPTATIONS[type(temoin)]
    if isinstance(temoin, date) and (ecart := _ecart(temoin, vu)):
        yield ecart, partial(_decalee, ecart)
    if isinstance(vu, int) and type(temoin) is int and type(vu).__name__ in ENTIERS_DU_MOTEUR:
        yield type(vu), partial(_entier_du_moteur, type(vu))


def _telle(valeur: Any, ops: Any) -> Any:
    return valeur


def _ecart(temoin: date, vu: Any) -> timedelta | None:
    """« Depuis trente jours » : une durée fixe, ajoutée au jour ou à l'instant de l'appel."""
    sorte = type(temoin)
    if isinstance(vu, str):
        with suppress(ValueError):
            vu = sorte.fromisoformat(vu)
    if type(vu) is not sorte:
        return None
    if isinstance(vu, datetime) and vu.tzinfo is None:
        vu = vu.replace(tzinfo=UTC)
    ecart: timedelta = vu - temoin
    return ecart


def _decalee(ecart: timedelta, valeur: date, ops: Any) -> Any:
    return ADAPTATIONS[type(valeur)](valeur + ecart, ops)


def _entier_du_moteur(sorte: type, valeur: int, ops: Any) -> Any:
    """Celui qui n'y tient pas : Django sait qu'aucune ligne n'y répond."""
    if valeur > ENTIERS_DU_MOTEUR[sorte.__name__]:
        raise NeSePretePas("un entier hors des bornes de sa colonne")
    return sorte(valeur)


# Ceux de psycopg, et ce qu'ils tiennent parmi ce qui est admis (`formes.ENTIER_AU_PLUS`).
ENTIERS_DU_MOTEUR = {"Int2": 2**15 - 1, "Int4": ENTIER_AU_PLUS, "Int8": ENTIER_AU_PLUS}
ADAPTATIONS: dict[type, Adapter] = {
    datetime: lambda valeur, ops: ops.adapt_datetimefield_value(valeur),
    date: lambda valeur, ops: ops.adapt_datefield_value(valeur),
    UUID: lambda valeur, ops: valeur.hex,
}

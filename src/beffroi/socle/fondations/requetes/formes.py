"""La forme d'un appel : ce qui, dans ses arguments, peut changer le SQL ; et les valeurs, qui n'y
changent rien.

Deux appels de même forme envoient le même SQL : mêmes types, mêmes longueurs, mêmes `None`, mêmes
booléens, mêmes choix d'une énumération.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model

# Au-delà, composer ne se voit plus à côté de lire.
VALEURS_AU_PLUS = 1000
# Un entier qui n'y tient pas change la question : Django sait qu'aucune ligne n'y répond.
ENTIER_AU_PLUS = 2**31 - 1
LISTES = (list, tuple)


class NeSePretePas(Exception):
    """Cet appel, ou cette requête, ne se prépare pas."""


def decrire(args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[Hashable, list[Any]]:
    """La forme, et les valeurs dans leur ordre."""
    marques: list[Hashable] = [(len(args), *kwargs)]
    valeurs: list[Any] = []
    for arg in args:
        _lire(arg, marques, valeurs)
    for arg in kwargs.values():
        _lire(arg, marques, valeurs)
    if len(valeurs) > VALEURS_AU_PLUS:
        raise NeSePretePas("trop de valeurs")
    return tuple(marques), valeurs


def _lire(arg: Any, marques: list[Hashable], valeurs: list[Any]) -> None:
    sorte: Any = type(arg)
    if sorte in TENUES:
        marques.append(sorte)
        valeurs.append(TENUES[sorte](arg))
    elif sorte in LISTES:
        _lire_la_liste(arg, marques, valeurs)
    elif isinstance(arg, Model):
        marques.append((arg.__class__, arg._state.db))
        valeurs.append(_cle(arg))
    elif arg is None or sorte is bool or isinstance(arg, Enum):
        marques.append((sorte, arg))
    else:
        raise NeSePretePas(f"un argument {sorte.__name__}")


def _lire_la_liste(liste: Sequence[Any], marques: list[Hashable], valeurs: list[Any]) -> None:
    """Des valeurs d'une même sorte, ou des choix. Répétée, une valeur n'irait qu'une fois dans le
    SQL ; `None`, jamais.
    """
    marques_des_siens: list[Hashable] = []
    siens: list[Any] = []
    for element in liste:
        _lire(element, marques_des_siens, siens)
    sortes = marques_des_siens if not siens else set(marques_des_siens)
    if siens and (len(sortes) > 1 or len(set(siens)) < len(liste)):
        raise NeSePretePas("une liste mêlée, ou une valeur répétée")
    marques.append((type(liste), len(liste), *sortes))
    valeurs += siens


def _cle(ligne: Model) -> int:
    if type(ligne.pk) is not int:
        raise NeSePretePas("une ligne neuve, ou dont la clé n'est pas un nombre")
    return _entier(ligne.pk)


def _entier(valeur: int) -> int:
    if not 0 <= valeur <= ENTIER_AU_PLUS:
        raise NeSePretePas("un entier hors des bornes")
    return valeur


def _instant(valeur: datetime) -> datetime:
    if valeur.tzinfo is None:
        raise NeSePretePas("un instant sans fuseau")
    return valeur


def _telle(valeur: Any) -> Any:
    return valeur


TENUES: dict[type, Callable[[Any], Any]] = {
    int: _entier,
    str: _telle,
    datetime: _instant,
    date: _telle,
    UUID: _telle,
}


# ---------------------------------------------------------------- témoins


def temoins(
    args: Sequence[Any], kwargs: dict[str, Any], *, montants: bool
) -> tuple[list[Any], dict[str, Any]]:
    """Les mêmes arguments, d'autres valeurs, toutes différentes.

    Montantes une fois, descendantes l'autre : ce qui les compare, les trie ou en calcule une autre
    ne tombe pas deux fois sur la même place.
    """
    valeurs = decrire(args, kwargs)[1]
    tirages = sorted(Random(montants).sample(range(1_000, 30_000), len(valeurs)))
    tires = iter(tirages if montants else tirages[::-1])
    return (
        [_refaire(arg, tires) for arg in args],
        {nom: _refaire(arg, tires) for nom, arg in kwargs.items()},
    )


def _refaire(arg: Any, tires: Iterator[int]) -> Any:
    sorte = type(arg)
    if sorte in TENUES:
        return _temoin(sorte, next(tires))
    if sorte in LISTES:
        return sorte(_refaire(element, tires) for element in arg)
    if isinstance(arg, Model):
        return _ligne_temoin(arg, next(tires))
    return arg


def _temoin(sorte: type, tire: int) -> Any:
    """Un texte porte ce qu'une requête transformerait : majuscules, blancs, jokers."""
    instant = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(tire, tire, tire)
    return {
        int: tire,
        str: f" {tire}Éa%_\\'\" ",
        datetime: instant,
        date: instant.date(),
        UUID: UUID(int=tire << 90 | tire),
    }[sorte]


def _ligne_temoin(ligne: Model, cle: int) -> Model:
    """Elle n'a que sa clé : qui en lirait autre chose interrogerait la base, ce qui se refuse."""
    classe = ligne.__class__
    return classe.from_db(ligne._state.db, [classe._meta.pk.attname], [cle])

"""Lesquelles de ces requêtes trouveraient une ligne : une seule question à la base, pour toutes."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from beffroi.socle.fondations.requetes import RequetePrete
from beffroi.socle.fondations.requetes.envois import sql_de

# Une base en prend 32 766 au plus : on pose alors la question en plusieurs fois.
VALEURS_AU_PLUS = 20_000


class Question(NamedTuple):
    """Une requête, telle que la base la lit."""

    rang: int
    sql: str
    valeurs: Sequence[Any]


def ont_de_quoi(sources: Sequence[Sequence[QuerySet[Any]] | None]) -> list[bool]:
    """Pour chacune, si l'une de ses requêtes trouve une ligne ; qui ne dit pas d'où il part en a,
    jusqu'à preuve du contraire.
    """
    reponses = iter(lesquelles_trouvent(list(chain.from_iterable(filter(None, sources)))))
    return [siennes is None or any([next(reponses) for _ in siennes]) for siennes in sources]


def lesquelles_trouvent(requetes: Sequence[QuerySet[Any]]) -> list[bool]:
    """Dans leur ordre ; aucune n'est lue."""
    trouvent = [False] * len(requetes)
    for paquet in _paquets(_questions(requetes)):
        for question, trouve in zip(paquet, _demander(paquet), strict=True):
            trouvent[question.rang] = bool(trouve)
    return trouvent


def _questions(requetes: Sequence[QuerySet[Any]]) -> Iterator[Question]:
    """Celle qui ne peut rien trouver ne se pose pas ; une requête préparée est déjà composée."""
    for rang, requete in enumerate(requetes):
        query: Any = requete.query
        if isinstance(query, RequetePrete):
            compose = query.existence(connection.alias)
        else:
            compose = sql_de(query.exists().get_compiler(connection=connection))
        if compose:
            yield Question(rang, *compose)


def _paquets(questions: Iterator[Question]) -> Iterator[list[Question]]:
    paquet: list[Question] = []
    place = VALEURS_AU_PLUS
    for question in questions:
        if paquet and len(question.valeurs) > place:
            yield paquet
            paquet, place = [], VALEURS_AU_PLUS
        paquet.append(question)
        place -= len(question.valeurs)
    if paquet:
        yield paquet


def _demander(questions: list[Question]) -> Sequence[Any]:
    existent = ", ".join(f"EXISTS ({question.sql})" for question in questions)
    valeurs = list(chain.from_iterable(question.valeurs for question in questions))
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {existent}", valeurs)
        return curseur.fetchone() or ()

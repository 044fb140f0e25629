"""Prendre une ligne pour soi, le temps d'une transaction."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import connection, models

Modele = TypeVar("Modele", bound=models.Model)


class VerrouHorsTransaction(RuntimeError):
    """Un verrou pris hors transaction est rendu aussitôt : il ne protège rien."""


def exiger_transaction() -> None:
    if not connection.in_atomic_block:
        raise VerrouHorsTransaction("Un verrou ne se prend que dans une transaction.")


def verrouiller(
    objet: Modele, *, avec: tuple[str, ...] = (), aussi: tuple[str, ...] = ()
) -> Modele:
    """Relit l'objet en verrouillant sa ligne seule (`of=self`), et le rend à jour ;
    `avec` nomme ce qu'on lit du même pas.

    `aussi` nomme ceux d'`avec` dont la ligne se verrouille avec la sienne.
    SQLite n'a pas de verrou de ligne : la transaction immédiate y tient lieu de tout.
    """
    # `_meta.model` plutôt que `type` : la personne connectée arrive enveloppée par Django.
    ensemble = (
        objet._meta.model._base_manager.select_related(*avec)
        if avec
        else objet._meta.model._base_manager.all()
    )
    return cast(Modele, a_verrouiller(ensemble, aussi=aussi).get(pk=objet.pk))


def verrouiller_ensemble(objets: Sequence[Modele]) -> dict[int, Modele]:
    """Relit et verrouille les lignes de plusieurs objets, dans l'ordre de leur clé :
    deux actes ne s'attendent pas en rond.
    """
    if not objets:
        return {}
    ensemble = (
        objets[0]
        ._meta.model._base_manager.filter(pk__in=[objet.pk for objet in objets])
        .order_by("pk")
    )
    return {objet.pk: cast(Modele, objet) for objet in a_verrouiller(ensemble)}


def a_verrouiller(
    ensemble: models.QuerySet[Any], *, aussi: tuple[str, ...] = ()
) -> models.QuerySet[Any]:
    exiger_transaction()
    if not connection.features.has_select_for_update:
        return ensemble
    return ensemble.select_for_update(
        of=("self", *aussi) if connection.features.has_select_for_update_of else ()
    )


def verrouiller_sans_exclure(objet: Modele, *, avec: tuple[str, ...] = ()) -> Modele:
    """Relit l'objet en empêchant qu'on le change,
    sans empêcher d'autres de faire de même (`FOR SHARE`).

    Cinquante dépôts sur une consultation passent ensemble ;
    un report de sa date limite attend qu'ils aient fini.
    """
    exiger_transaction()
    meta = objet._meta
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute(
                f"SELECT 1 FROM {meta.db_table} WHERE {meta.pk.attname} = %s FOR SHARE", [objet.pk]
            )
    return cast(Modele, meta.model._base_manager.select_related(*avec).get(pk=objet.pk))


def verrou_nomme(numero: int) -> None:
    """Verrou consultatif jusqu'à la fin de la transaction ;
    sans objet sur SQLite, qui n'a qu'un écrivain.
    """
    exiger_transaction()
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [numero])


# Au-delà de quelques-uns, les fils ne font plus que s'attendre.
DE_FRONT = 4
_tours = threading.BoundedSemaphore(DE_FRONT)


@contextmanager
def quelques_uns_de_front() -> Iterator[None]:
    """Fait attendre ici, plutôt que dans PostgreSQL, les actes qui se pressent au même instant.

    SQLite a son tour d'écriture (`config.sqlite`). Dans une transaction déjà ouverte, attendre
    bloquerait tout le monde : on passe.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with _tours:
        yield

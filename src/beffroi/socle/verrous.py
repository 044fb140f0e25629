"""Prendre une ligne pour soi, le temps d'une transaction."""

from typing import TypeVar

from django.db import connection, models

Modele = TypeVar("Modele", bound=models.Model)


class VerrouHorsTransaction(RuntimeError):
    """Un verrou pris hors transaction est rendu aussitôt : il ne protège rien."""


def exiger_transaction() -> None:
    if not connection.in_atomic_block:
        raise VerrouHorsTransaction("Un verrou ne se prend que dans une transaction.")


def verrouiller(objet: Modele) -> Modele:
    """Relit l'objet en verrouillant sa ligne seule (`of=self`), et le rend à jour.

    SQLite n'a pas de verrou de ligne : la transaction immédiate y tient lieu de tout.
    """
    exiger_transaction()
    # `_meta.model` plutôt que `type` : la personne connectée arrive enveloppée par Django.
    ensemble = objet._meta.model._base_manager.all()
    if connection.features.has_select_for_update:
        ensemble = ensemble.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())
    return ensemble.get(pk=objet.pk)


def verrou_nomme(numero: int) -> None:
    """Verrou consultatif jusqu'à la fin de la transaction ; sans objet sur SQLite, qui n'a qu'un écrivain."""
    exiger_transaction()
    if connection.vendor == "postgresql":
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [numero])

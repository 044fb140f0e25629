"""Le seul endroit qui change l'état d'un objet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.cycles import Cycle, Transition
from beffroi.socle.journal.services import journaliser

Objet = TypeVar("Objet", bound=models.Model)


def franchir(
    objet: Objet,
    acte: str,
    *,
    par: Acteur,
    le: datetime,
    donnees: Mapping[str, Any] | None = None,
    **champs: Any,
) -> Objet:
    """Verrouille l'objet, vérifie que son état permet l'acte,
    l'assigne avec les champs donnés, et journalise.

    L'objet porte `CYCLE`, `etat`, `reference` et, s'il est d'un organisme, `organisme_du_journal`.
    """
    objet = verrouiller(objet)
    transition = transition_depuis(objet.CYCLE, acte, objet.etat)  # type: ignore[attr-defined]
    objet.etat = transition.vers  # type: ignore[attr-defined]
    for nom, valeur in champs.items():
        setattr(objet, nom, valeur)
    objet.save(update_fields=["etat", *champs])
    journaliser(
        f"{objet._meta.model_name}.{acte}",
        sujet=objet.reference,  # type: ignore[attr-defined]
        organisme=getattr(objet, "organisme_du_journal", ""),
        par=par,
        le=le,
        donnees=donnees or {},
    )
    return objet


def transition_depuis(cycle: Cycle, acte: str, etat: str) -> Transition:
    """La transition que cet acte désigne depuis cet état."""
    for transition in cycle:
        if transition.acte == acte and transition.part_de(etat):
            return transition
    raise ConflitEtat(
        f"Cet acte n'est plus possible : l'état est maintenant « {etat} ». "
        "Rechargez la page pour voir où on en est."
    )

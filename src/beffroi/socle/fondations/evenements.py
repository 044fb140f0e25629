"""Les événements : ce qu'un contexte annonce aux contextes qui le dépassent,
dans la même transaction.

Un abonné peut ajouter du travail, jamais opposer son veto, et il ne publie pas à son tour.
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

Abonne = Callable[[Any], None]
_abonnes: dict[type, list[Abonne]] = defaultdict(list)
# Propre à chaque fil : deux entreprises qui déposent au même instant publient chacune le leur.
_en_cours: ContextVar[object | None] = ContextVar("evenement_en_cours", default=None)


class PublicationEnChaine(RuntimeError):
    """Un abonné a voulu publier : le chemin d'un acte deviendrait illisible."""


def abonner(evenement: type, abonne: Abonne) -> None:
    """Déclare un abonné ; les prises d'un contexte les disent (`fondations.prises`)."""
    if abonne not in _abonnes[evenement]:
        _abonnes[evenement].append(abonne)


def publier(evenement: object) -> None:
    """Appelle chaque abonné, dans l'ordre de leur déclaration."""
    premier = _en_cours.get()
    if premier is not None:
        raise PublicationEnChaine(
            f"{type(evenement).__name__} publié pendant {type(premier).__name__}"
        )
    jeton = _en_cours.set(evenement)
    try:
        for abonne in _abonnes[type(evenement)]:
            abonne(evenement)
    finally:
        _en_cours.reset(jeton)

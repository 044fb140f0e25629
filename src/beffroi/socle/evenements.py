"""Les événements : ce qu'un contexte annonce aux contextes qui le dépassent, dans la même transaction.

Un abonné peut ajouter du travail, jamais opposer son veto, et il ne publie pas à son tour.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Abonne = Callable[[Any], None]
_abonnes: dict[type, list[Abonne]] = defaultdict(list)
_en_cours: list[object] = []


class PublicationEnChaine(RuntimeError):
    """Un abonné a voulu publier : le chemin d'un acte deviendrait illisible."""


def abonner(evenement: type, abonne: Abonne) -> None:
    """Déclare un abonné ; à appeler dans `apps.ready()`."""
    if abonne not in _abonnes[evenement]:
        _abonnes[evenement].append(abonne)


def publier(evenement: object) -> None:
    """Appelle chaque abonné, dans l'ordre de leur déclaration."""
    if _en_cours:
        raise PublicationEnChaine(f"{type(evenement).__name__} publié pendant {type(_en_cours[-1]).__name__}")
    _en_cours.append(evenement)
    try:
        for abonne in _abonnes[type(evenement)]:
            abonne(evenement)
    finally:
        _en_cours.pop()

"""Un geste attendu d'une personne, tel que « À faire » le montre."""

from datetime import UTC, datetime
from typing import NamedTuple

# Après toute échéance : ce geste n'attend personne.
SANS_ECHEANCE = datetime.max.replace(tzinfo=UTC)


class AFaire(NamedTuple):
    """Un geste attendu. `presse` est vrai quand il bloque quelqu'un aujourd'hui.

    `echeance` est le jour qu'un texte ou qu'un acte a fixé ; l'instant présent, pour ce qui est dû sans date.
    """

    titre: str
    detail: str
    url: str
    geste: str
    quand: str
    presse: bool
    echeance: datetime

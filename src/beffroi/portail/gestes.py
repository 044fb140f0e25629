"""Un geste attendu d'une personne, tel que « À faire » le montre."""

from datetime import datetime
from typing import NamedTuple


class AFaire(NamedTuple):
    """Un geste attendu. `presse` est vrai quand il bloque quelqu'un aujourd'hui."""

    titre: str
    detail: str
    url: str
    geste: str
    quand: str
    presse: bool
    echeance: datetime

"""Une ligne de la frise, d'où qu'elle vienne."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Fait:
    """Une ligne de la frise. `ton` : « ok », « attention », « danger » ou « gris »."""

    le: datetime
    quoi: str
    precision: str = ""
    ton: str = "gris"
    # Quand le poste dit l'avoir montré :
    # `le` est l'heure où le serveur l'a su, plus tard s'il était tombé.
    dite_le: datetime | None = None

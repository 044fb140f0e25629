"""Ce que l'attribution annonce à qui vient ensuite : le contrat."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AttributionNotifiee:
    """Les lettres d'un lot viennent de partir :
    qui est choisi, et à partir de quel jour on peut signer.

    `signable_le` est vide quand aucun texte n'impose d'attendre, ou qu'une lettre reste à envoyer.
    """

    consultation: str
    lot: int | None
    attribution: str
    le: datetime
    signable_le: date | None

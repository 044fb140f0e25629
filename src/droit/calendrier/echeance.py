"""Une date calculée, avec de quoi répondre à « Pourquoi ? »."""

from dataclasses import dataclass
from datetime import date, datetime

from droit.citation import Source
from droit.decision import Motif


@dataclass(frozen=True, kw_only=True)
class Echeance:
    """Ce qui tombe ce jour-là. Sans `jour`, `attend` dit quelle date manque pour le calculer.

    `conseil` : la date est une proposition de bonne pratique, aucun texte ne l'impose.
    """

    cle: str
    libelle: str
    pourquoi: tuple[Motif, ...]
    jour: date | None = None
    instant: datetime | None = None
    attend: str = ""
    conseil: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """Les textes cités, chacun une fois, dans l'ordre du raisonnement."""
        return tuple(dict.fromkeys(motif.source for motif in self.pourquoi if motif.source))

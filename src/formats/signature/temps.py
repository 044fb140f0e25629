"""À quel instant juger un certificat : celui qui est prouvé, sinon celui qui est déclaré.

Jamais maintenant d'office.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Une horloge de poste n'est pas à la seconde : en deçà, l'heure déclarée n'est pas dite fausse.
TOLERANCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Temps:
    """`existait_le` : le fichier était déjà là, signé ; le récépissé du dépôt le prouve."""

    declaree: datetime | None = None
    horodatee: datetime | None = None
    existait_le: datetime | None = None

    @property
    def prouvee(self) -> datetime | None:
        """Le plus ancien instant où la signature existait, preuve à l'appui."""
        return min((un for un in (self.horodatee, self.existait_le) if un), default=None)

    @property
    def jugee(self) -> datetime | None:
        """L'instant prouvé :
        un certificat expiré ou révoqué entre-temps aurait pu servir à antidater.
        """
        return self.prouvee or self.declaree

    @property
    def declaration_impossible(self) -> bool:
        """L'heure déclarée vient après celle où le fichier était déjà là."""
        return bool(self.declaree and self.prouvee and self.declaree > self.prouvee + TOLERANCE)

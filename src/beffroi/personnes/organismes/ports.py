"""Ce qu'un départ défait, et que des contextes plus hauts savent :
à dire avant, pour que personne ne le découvre après.
"""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.ports import port


@dataclass(frozen=True)
class PartTenue:
    """Une consultation à ouvrir dont la personne tient une part de la clé."""

    organisme: str
    reference: str
    titre: str
    # Les autres personnes qui tiennent une part et gardent le rôle d'ouvrir,
    # et combien de clés il faut tourner.
    restants: int
    seuil: int

    @property
    def s_ouvre_encore(self) -> bool:
        return self.restants >= self.seuil


@dataclass(frozen=True)
class Attaches:
    """Ce qui tient à une personne, hors de ses rôles."""

    parts: tuple[PartTenue, ...] = ()
    est_gardien: bool = False
    entreprises: int = 0

    def dans(self, siret: str) -> tuple[PartTenue, ...]:
        """Les parts tenues dans cet organisme."""
        return tuple(part for part in self.parts if part.organisme == siret)


@port("organismes.AttachesDUnePersonne")
def attaches_de(utilisateur: Utilisateur, *, le: datetime) -> Attaches:
    """Ce qui tient à cette personne, à cet instant."""

"""Ce que rapporte la commande qui sauvegarde, et celle qui essaie de restaurer."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Copie:
    """Une sauvegarde faite."""

    nom: str
    commencee_le: datetime
    duree_ms: int
    sha256: str
    octets: int
    fichiers: int
    octets_des_fichiers: int


@dataclass(frozen=True)
class Essai:
    """Une sauvegarde restaurée à part et relue ; `fautes` est vide si tout est intact."""

    nom: str
    commence_le: datetime
    sauvegarde_du: datetime | None
    restauration_ms: int
    verification_ms: int = 0
    ecritures: int = 0
    fichiers: int = 0
    derniere_ecriture_le: datetime | None = None
    ecritures_perdues: int = 0
    fautes: tuple[str, ...] = ()

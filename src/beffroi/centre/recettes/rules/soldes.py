"""Ce qui est appelé, rendu, payé, et ce qui en reste : au centime, sans base."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

RIEN = Decimal(0)
# L'ancienneté d'un impayé, en jours depuis l'échéance, bornes comprises.
TRENTAINES = ((30, "0 à 30 jours"), (60, "31 à 60 jours"), (90, "61 à 90 jours"))
PAS_ECHU, AU_DELA = "Pas échu", "Plus de 90 jours"
ANCIENNETES = (PAS_ECHU, *(mot for _, mot in TRENTAINES), AU_DELA)


@dataclass(frozen=True)
class Solde:
    """Appelé + trop-perçu = avoirs + payé + reste, toujours.

    Un avoir accordé après le paiement laisse un trop-perçu.
    """

    appele: Decimal = RIEN
    avoirs: Decimal = RIEN
    paye: Decimal = RIEN

    @property
    def net(self) -> Decimal:
        return self.appele - self.avoirs

    @property
    def reste(self) -> Decimal:
        return max(RIEN, self.net - self.paye)

    @property
    def trop_percu(self) -> Decimal:
        return max(RIEN, self.paye - self.net)


def jours_de_retard(echeance: date | None, *, le: date) -> int:
    """Les jours depuis l'échéance ; zéro tant qu'elle n'est pas passée, ou qu'elle ne court pas."""
    return max(0, (le - echeance).days) if echeance else 0


def anciennete(echeance: date | None, *, le: date) -> str:
    """La colonne de la balance où va un reste dû. Le jour de l'échéance n'est pas un retard."""
    retard = jours_de_retard(echeance, le=le)
    if not retard:
        return PAS_ECHU
    return next((mot for jours, mot in TRENTAINES if retard <= jours), AU_DELA)

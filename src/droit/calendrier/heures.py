"""Les heures de Paris : une heure limite existe une fois, et une seule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from droit.decision import Decision, Motif

PARIS = ZoneInfo("Europe/Paris")
# Les réponses arrivent dans la dernière heure :
# trois heures limites étalent l'affluence d'un même jour.
HEURES_PROPOSEES = (time(14), time(11), time(16))


@dataclass(frozen=True, kw_only=True)
class Horaires:
    """Les heures où l'assistance répond, les jours ouvrés, à l'heure de Paris."""

    ouverture: time = time(8, 30)
    fermeture: time = time(17, 30)

    def __str__(self) -> str:
        return (
            f"du lundi au vendredi, {dire_l_heure(self.ouverture)} à {dire_l_heure(self.fermeture)}"
        )

    def contiennent(self, heure: time) -> bool:
        return self.ouverture <= heure <= self.fermeture


def dire_l_heure(heure: time) -> str:
    """« 9 h », « 8 h 30 »."""
    return f"{heure.hour} h {heure.minute:02d}" if heure.minute else f"{heure.hour} h"


def heure_utilisable(jour: date, heure: time) -> Decision:
    """Aux changements d'heure, une heure manque et une autre existe deux fois :
    aucune des deux ne convient.
    """
    premiere = datetime.combine(jour, heure, tzinfo=PARIS)
    if premiere.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) != premiere.replace(
        tzinfo=None
    ):
        return Decision.refus(
            Motif(
                "Cette heure n'existe pas : on passe à l'heure d'été. Choisissez une autre heure."
            )
        )
    if premiere.utcoffset() != premiere.replace(fold=1).utcoffset():
        return Decision.refus(
            Motif(
                "Cette heure existe deux fois : on passe à l'heure d'hiver. "
                "Choisissez une autre heure."
            )
        )
    return Decision.accord()


def instant_de_paris(jour: date, heure: time) -> datetime:
    """L'instant universel d'une heure de Paris déjà reconnue utilisable."""
    return datetime.combine(jour, heure, tzinfo=PARIS).astimezone(UTC)


def heure_la_moins_chargee(
    prises: Iterable[time], *, parmi: Iterable[time] = HEURES_PROPOSEES
) -> time:
    """L'heure limite à proposer un jour donné, quand d'autres consultations y ont déjà la leur."""
    charge = Counter(prises)
    return min(parmi, key=lambda heure: charge[heure])

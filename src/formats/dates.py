"""Les dates et les heures telles que le public les lit : en toutes lettres, à l'heure de Paris.

Les pages, les courriels et les PDF passent tous par ici, pour qu'un instant se lise partout pareil.
Une fraction de seconde est tronquée, jamais arrondie : un arrondi pourrait franchir l'heure limite.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_INSECABLE = "\N{NO-BREAK SPACE}"


def _a_paris(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("Un instant sans fuseau ne peut pas être daté.")
    return instant.astimezone(PARIS)


def _zone(local: datetime) -> str:
    """La nuit du passage à l'heure d'hiver, une même heure existe deux fois : dire laquelle."""
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return "heure de Paris"
    return f"heure de Paris, {'heure d’hiver' if local.fold else 'heure d’été'}"


def jour(instant: datetime) -> str:
    """« mardi 12 janvier 2027 »."""
    local = _a_paris(instant)
    quantieme = "1er" if local.day == 1 else str(local.day)
    return f"{_JOURS[local.weekday()]} {quantieme}{_INSECABLE}{_MOIS[local.month - 1]} {local.year}"


def heure(instant: datetime) -> str:
    """« 12:00:00 »."""
    return f"{_a_paris(instant):%H:%M:%S}"


def heure_limite(instant: datetime) -> str:
    """« 12:00 » : une échéance tombe à la minute ; ses secondes ne se disent que si elle en a."""
    return heure(instant).removesuffix(":00")


def jour_et_heure_limite(instant: datetime) -> str:
    """« mardi 12 janvier 2027 à 12:00 » : une échéance dans une liste ;
    la saison n'y est que la nuit où elle distingue.
    """
    return f"{jour(instant)} à {heure_limite(instant)}{laquelle(instant)}"


def a_la_minute(instant: datetime) -> str:
    """« 12:00 » : un fait dont les secondes n'apprennent rien."""
    return f"{_a_paris(instant):%H:%M}"


def heure_exacte(instant: datetime) -> str:
    """« 11:58:07,412 »."""
    local = _a_paris(instant)
    return f"{local:%H:%M:%S},{local.microsecond // 1000:03d}"


def jour_et_heure(instant: datetime, *, exacte: bool = False) -> str:
    """« mardi 12 janvier 2027 à 12:00:00 (heure de Paris) », aux millisecondes si `exacte`."""
    horaire = heure_exacte(instant) if exacte else heure(instant)
    return f"{jour(instant)} à {horaire} ({_zone(_a_paris(instant))})"


def echeance(instant: datetime) -> str:
    """« mardi 15 décembre 2026 à 11 h 00 (heure de Paris) » :
    ce qu'un règlement et un avis annoncent.
    """
    local = _a_paris(instant)
    secondes = f" min {local:%S} s" if local.second else ""
    return f"{jour(instant)} à {local.hour} h {local:%M}{secondes} ({_zone(local)})"


def zone(instant: datetime) -> str:
    """« heure de Paris », précisée les nuits où elle serait ambiguë."""
    return _zone(_a_paris(instant))


def laquelle(instant: datetime) -> str:
    """« (heure de Paris, heure d’hiver) » après une heure qui passe deux fois cette
    nuit-là ; rien après une autre.
    """
    precise = zone(instant)
    return f" ({precise})" if precise != "heure de Paris" else ""


def heure_universelle(instant: datetime) -> str:
    """« 2027-01-12 10:58:07,412 UTC », pour comparer avec un jeton d'horodatage."""
    if instant.tzinfo is None:
        raise ValueError("Un instant sans fuseau ne peut pas être daté.")
    universel = instant.astimezone(UTC)
    return f"{universel:%Y-%m-%d %H:%M:%S},{universel.microsecond // 1000:03d} UTC"

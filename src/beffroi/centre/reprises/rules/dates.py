"""Une date telle que les tableurs l'écrivent : 01/03/2025, 2025-03-01, 1 mars 2025, ou un rang."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MOIS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
).split()
_SANS_ACCENT = str.maketrans("éèêûôàâç", "eeeuoaac")
_CHIFFRES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_LETTRES = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})")
# Le jour 1 d'un classeur est le 1er janvier 1900, et il compte un 29 février 1900 qui n'a pas été.
_ORIGINE = date(1899, 12, 30)
_RANGS = range(25_569, 73_051)  # de 1970 à 2099
SIECLE = 2000


@dataclass(frozen=True)
class Jour:
    """La date lue ; ou ce qui ne va pas, et la date la plus proche à proposer."""

    date: date | None
    faute: str = ""
    propose: str = ""


def lire(ecrit: str) -> Jour:
    """Le jour que ce texte veut dire. Un jour qui n'existe pas se dit, et ne se devine pas."""
    nu = " ".join(ecrit.casefold().translate(_SANS_ACCENT).split())
    if nu.isdecimal() and nu.isascii() and len(nu) == 5 and int(nu) in _RANGS:
        return Jour(_ORIGINE + timedelta(days=int(nu)))
    morceaux = _morceaux(nu)
    if morceaux is None:
        return Jour(None, f"« {ecrit[:30]} » n'est pas une date. Écrivez-la comme 12/01/2027.")
    annee, mois, jour = morceaux
    try:
        return Jour(date(annee, mois, jour))
    except ValueError:
        return Jour(None, f"{ecrit[:30]} n'existe pas", _le_plus_proche(annee, mois, jour))


def _morceaux(nu: str) -> tuple[int, int, int] | None:
    if trouve := _ISO.fullmatch(nu):
        return int(trouve[1]), int(trouve[2]), int(trouve[3])
    if trouve := _CHIFFRES.fullmatch(nu):
        annee = int(trouve[3])
        return (annee if annee > 99 else SIECLE + annee), int(trouve[2]), int(trouve[1])
    if (trouve := _LETTRES.fullmatch(nu)) and trouve[2] in _MOIS:
        return int(trouve[3]), 1 + _MOIS.index(trouve[2]), int(trouve[1])
    return None


def _le_plus_proche(annee: int, mois: int, jour: int) -> str:
    """Le lendemain du mois qui n'a pas ce jour : le 31/02 est sans doute le 01/03."""
    if not (1 <= mois <= 12 and 28 < jour <= 31 and 1 <= annee <= 9998):
        return ""
    dernier = date(annee, mois, calendar.monthrange(annee, mois)[1])
    return f"{dernier + timedelta(days=1):%d/%m/%Y}"


def en_chiffres(jour: date) -> str:
    return f"{jour:%d/%m/%Y}"

"""Des échéances pour un agenda (iCalendar, RFC 5545) :
des événements qui se mettent à jour quand on les reprend.

L'identifiant ne change jamais, et `sequence` croît à chaque report :
l'agenda remplace au lieu d'ajouter.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from formats.dates import PARIS

_LIGNE_OCTETS = 75
# Les règles de l'heure légale en France depuis 1996 (directive 2000/84/CE).
_FUSEAU = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Echeance:
    """Un instant à ne pas manquer, ou un jour entier."""

    identifiant: str
    sequence: int
    instant: datetime | date
    ecrite_le: datetime
    titre: str
    texte: str
    adresse: str
    annulee: bool = False


def en_icalendar(*echeances: Echeance, nom: str = "") -> bytes:
    """Le fichier .ics, avec un rappel la veille.

    Un agenda suivi a un nom, et se relit toutes les heures (RFC 7986).
    """
    abonnement = [
        f"NAME:{_echapper(nom)}",
        f"X-WR-CALNAME:{_echapper(nom)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    lignes = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Beffroi//FR",
        "CALSCALE:GREGORIAN",
        *(abonnement if nom else []),
        *_FUSEAU,
        *(ligne for echeance in echeances for ligne in _evenement(echeance)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_plier(ligne)}\r\n" for ligne in lignes).encode()


def _evenement(echeance: Echeance) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_echapper(echeance.identifiant)}",
        f"SEQUENCE:{echeance.sequence}",
        f"DTSTAMP:{echeance.ecrite_le.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        _debut(echeance.instant),
        f"SUMMARY:{_echapper(echeance.titre)}",
        f"DESCRIPTION:{_echapper(echeance.texte)}",
        f"URL:{echeance.adresse}",
        f"STATUS:{'CANCELLED' if echeance.annulee else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        *([] if echeance.annulee else _rappel(echeance.titre)),
        "END:VEVENT",
    ]


def _debut(instant: datetime | date) -> str:
    if isinstance(instant, datetime):
        if instant.astimezone(PARIS).fold:
            # Une heure locale qui passe deux fois désigne la première (RFC 5545, § 3.3.5) :
            # la seconde se dit en UTC.
            return f"DTSTART:{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        return f"DTSTART;TZID=Europe/Paris:{instant.astimezone(PARIS):%Y%m%dT%H%M%S}"
    return f"DTSTART;VALUE=DATE:{instant:%Y%m%d}"


def _rappel(titre: str) -> list[str]:
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{_echapper(titre)}",
        "END:VALARM",
    ]


def _echapper(texte: str) -> str:
    """Les quatre caractères que le format réserve ; les autres commandes n'y ont pas leur place."""
    propre = "".join(c for c in texte.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    return propre.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _plier(ligne: str) -> str:
    """Soixante-quinze octets par ligne, sans couper un caractère ;
    la suite commence par une espace.
    """
    lignes, place = [""], _LIGNE_OCTETS
    for caractere in ligne:
        taille = len(caractere.encode())
        if taille > place:
            lignes.append(" ")
            place = _LIGNE_OCTETS - 1
        lignes[-1] += caractere
        place -= taille
    return "\r\n".join(lignes)

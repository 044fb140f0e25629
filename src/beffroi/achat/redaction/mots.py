"""Dire un nombre, une somme, une durée comme on les lit dans un règlement."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from formats import dates, tailles
from formats.pluriels import compter


def euros(montant: Decimal) -> str:
    """« 12 000 € HT », « 12 000,50 € HT »."""
    return f"{nombre(montant)} € HT"


def nombre(valeur: Decimal) -> str:
    """« 12 000 », « 37,5 » : sans décimale inutile."""
    entier, _, decimales = f"{valeur:f}".partition(".")
    decimales = decimales.rstrip("0")
    return f"{tailles.nombre(int(entier))}{f',{decimales}' if decimales else ''}"


def mois(duree: int) -> str:
    return compter(duree, "mois", "mois")


def jour(quand: date) -> str:
    """« mardi 15 décembre 2026 »."""
    return dates.jour(datetime.combine(quand, time(12), tzinfo=UTC))


def minuscule(texte: str) -> str:
    """La première lettre en minuscule, sauf dans un sigle."""
    return texte if texte[1:2].isupper() else texte[:1].lower() + texte[1:]


def majuscule(texte: str) -> str:
    """La première lettre en majuscule."""
    return texte[:1].upper() + texte[1:]


def phrase_finie(texte: str) -> str:
    """Le texte reçu, terminé par un point s'il n'a pas de ponctuation finale."""
    texte = texte.strip()
    return texte if texte.endswith((".", "!", "?", "…")) else f"{texte}."

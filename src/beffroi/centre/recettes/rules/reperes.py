"""Lire ce qu'un fichier ou une personne écrit : un numéro d'appel, un titre, un montant, une date.

Sans base.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_APPEL = re.compile(r"C-?(\d{4})-?(\d{1,6})")
_APPEL_CITE = re.compile(r"(?<![\w-])C-?\d{4}-\d{4,6}(?![\w-])", re.I)
_TITRE = re.compile(r"(?:(\d{4})[-/ ])?(\d{1,9})")
_ESPACES = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")
_MILLIERS = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?=[.,]\d{1,2}$)")
_MONTANT = re.compile(r"(\d+)(?:[.,](\d+))?")
MONTANT_MAXIMAL = Decimal("9999999999.99")
FORMES_DE_DATE = ("%Y-%m-%d", "%d/%m/%Y")


class Illisible(ValueError):
    """Ce qui est écrit ne se lit pas ; la phrase dit ce qu'on attend."""


@dataclass(frozen=True)
class Appel:
    annee: int
    numero: int


@dataclass(frozen=True)
class Titre:
    """Un titre nommé ; sans exercice, un seul doit porter ce numéro."""

    exercice: int | None
    numero: int


def appel(texte: str) -> Appel | None:
    """« C-2027-0031 », tel que l'appel le porte ; `c20270031` se lit aussi."""
    trouve = _APPEL.fullmatch(_sans_espaces(texte).upper())
    return Appel(int(trouve[1]), int(trouve[2])) if trouve else None


def appel_cite(texte: str) -> str:
    """Le numéro d'appel qu'un libellé cite ; rien s'il n'en cite aucun, ou plusieurs."""
    cites = {cite.upper() for cite in _APPEL_CITE.findall(texte)}
    return cites.pop() if len(cites) == 1 else ""


def titre(texte: str) -> Titre | None:
    """« 118 », « 2027-118 » ou « 2027/118 »."""
    trouve = _TITRE.fullmatch(texte.strip())
    if trouve is None or int(trouve[2]) > 2_147_483_647:
        return None
    return Titre(int(trouve[1]) if trouve[1] else None, int(trouve[2]))


def numero_d_encaissement(texte: str) -> str:
    """La référence du comptable ou de la banque, écrite d'une seule façon :
    le même encaissement se reconnaît.
    """
    return _ESPACES.sub(" ", texte).strip().upper()


def montant(texte: str) -> Decimal:
    """« 1 753,42 € », « 1753.42 », « 1.753,42 ». Au-delà du centime, on ne devine pas."""
    nu = _sans_espaces(texte).removesuffix("€").removesuffix("EUR")
    if not nu:
        raise Illisible("Il manque le montant.")
    entiers = _MILLIERS.match(nu)
    if entiers:
        nu = re.sub("[.,]", "", entiers[0]) + nu[entiers.end() :]
    trouve = _MONTANT.fullmatch(nu)
    if trouve is None or not nu.isascii():
        raise Illisible(f"« {texte[:30]} » n'est pas une somme en euros, comme 250 ou 1753,42.")
    if len(trouve[2] or "") > 2:
        raise Illisible(f"« {texte[:30]} » : une somme s'arrête au centime.")
    valeur = Decimal(f"{trouve[1]}.{trouve[2] or '0'}").quantize(Decimal("0.01"))
    if not 0 < valeur <= MONTANT_MAXIMAL:
        raise Illisible(
            f"« {texte[:30]} » : une somme est plus grande que zéro, et tient en dix chiffres."
        )
    return valeur


def jour(texte: str) -> date:
    """« 2027-02-15 » ou « 15/02/2027 »."""
    nu = texte.strip()
    if not nu:
        raise Illisible("Il manque la date.")
    for forme in FORMES_DE_DATE:
        try:
            lu = datetime.strptime(nu, forme).date()  # noqa: DTZ007  un jour n'a pas de fuseau
        except ValueError:
            continue
        if lu.year >= 2000:
            return lu
    raise Illisible(f"« {nu[:30]} » n'est pas une date, comme 15/02/2027.")


def _sans_espaces(texte: str) -> str:
    return _ESPACES.sub("", texte)

"""À combien de lots un candidat peut répondre, combien il peut en obtenir (CCP, art. R. 2113-1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, phrases
from formats.lecture import Texte

Acte = Literal["répondre", "obtenir"]

_LETTRES = {
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
}
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_LETTRES)})(?:\s*\(\s?\w+\s?\))?"
_OBTENIR = re.compile(
    r"\battribu\w*|\bobt(?:en|ien)\w*|\bremport\w*|\btitulaires?\b|\bretenue?s?\b"
)
_REPONDRE = re.compile(
    r"\brepond\w*|\bsoumission\w*|\bpresent(?:er|e|ent)\b|\bdepos(?:er|e|ent)\b|\bremettre\b"
    r"|\bcandidater\b|\bpostuler\b"
    r"|\bpropos(?:er|e|ent)\b"
)
_TOUS = re.compile(r"\b(?:tous\s+les|la\s+totalite\s+des|l'ensemble\s+des)\s+lots\b")
_MAXIMA = (
    re.compile(rf"\b{_N}\s+lots?\s*,?\s*(?:au\s+(?:plus|maximum)|maximum)\b"),
    re.compile(rf"\b(?:au\s+(?:plus|maximum)|maximum)\s+(?:de\s+|d')?{_N}\s+lots?\b"),
    re.compile(rf"\b(?:limite|fixe|borne)\w*\s+a\s+{_N}(?:\s+lots?)?\b"),
    re.compile(rf"\bmaxim\w+\s+(?:de\s+)?lots?\b[^.;]{{0,120}}?(?:\best\s+(?:de\s+)?|:\s*){_N}\b"),
    re.compile(rf"\bn[e']\s?[^.;]{{0,60}}\bplus\s+de\s+{_N}\s+lots?\b"),
    re.compile(
        rf"\bqu(?:e|')\s?(?:(?:pour|a|sur|de|en)\s+|d')?{_N}\s+(?:seul\s+)?lots?\b(?!\s*,?\s*ou\b)"
    ),
    re.compile(
        r"\b(?P<n>un)\s+seul\s+lot\s+(?:(?:peu\w+|pourra\w*|sera|est)\b|par\b|a\s+chaque\b)"
    ),
)
_AUTRE_PROPOSITION = re.compile(
    r";|,?\s+(?:mais|toutefois|cependant|neanmoins|et\s+(?:ne\s+peu\w+|peu\w+|se\s+voi\w+))\b"
)
_LOTS = re.compile(r"\blots?\b")


@dataclass(frozen=True, kw_only=True)
class MaximumDeLots:
    """Ce que le texte permet. `nombre` : rien, s'il permet tous les lots."""

    acte: Acte
    nombre: int | None


def maxima_de_lots(texte: Texte) -> tuple[Trouvaille[MaximumDeLots], ...]:
    """Chaque limite, ou chaque absence de limite, que le texte écrit."""
    return tuple(
        Trouvaille(paragraphe=phrase.paragraphe, debut=phrase.debut, fin=phrase.fin, valeur=maximum)
        for paragraphe in texte.paragraphes
        for phrase in phrases(paragraphe)
        if _LOTS.search(phrase.valeur)
        for maximum in _de_la_phrase(phrase.valeur)
    )


def _de_la_phrase(phrase: str) -> Iterator[MaximumDeLots]:
    """Proposition par proposition :
    « répond à tous les lots, mais n'en obtient que deux » dit deux choses.
    """
    acte: Acte | None = None
    for proposition in _propositions(phrase):
        acte = _acte(proposition) or acte
        if acte is None:
            continue
        nombre = _nombre(proposition)
        if nombre is not None:
            yield MaximumDeLots(acte=acte, nombre=nombre)
        elif _TOUS.search(proposition) and acte == "répondre":
            yield MaximumDeLots(acte=acte, nombre=None)


def _propositions(phrase: str) -> Iterator[str]:
    debut = 0
    for coupe in _AUTRE_PROPOSITION.finditer(phrase):
        yield phrase[debut : coupe.start()]
        debut = coupe.start()
    yield phrase[debut:]


def _acte(proposition: str) -> Acte | None:
    if _OBTENIR.search(proposition):
        return "obtenir"
    return "répondre" if _REPONDRE.search(proposition) else None


def _nombre(proposition: str) -> int | None:
    for motif in _MAXIMA:
        if trouve := motif.search(proposition):
            ecrit = trouve["n"]
            return int(ecrit) if ecrit.isdecimal() else _LETTRES[ecrit]
    return None

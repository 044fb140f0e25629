"""Les marques citées sans « ou équivalent » (CCP, art. R. 2111-7)."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from beffroi.achat.controles.rules.faits import Reglement
from beffroi.achat.relectures.rules.reperage import Trouvaille, peut_suivre, plier

_EQUIVALENT = re.compile(r"\bequivalen\w*|\bsimilaires?\b|\bou\s+techniquement\b")
_DE_MARQUE = re.compile(r"\b(?:de\s+(?:la\s+)?marque|marque\s*:)\s+(?P<nom>[a-z][\w&\-]{1,30})")
_PAS_UNE_MARQUE = {
    "ou",
    "et",
    "du",
    "des",
    "proposee",
    "propose",
    "de",
    "commerciale",
    "ce",
    "nf",
    "deposee",
    "employeur",
    "equivalente",
}


def marques_citees(reglement: Reglement) -> Iterator[Trouvaille[str]]:
    """Chaque marque une fois par phrase ; une phrase qui dit « ou équivalent » n'en cite aucune."""
    for phrase in reglement.phrases:
        places = _places(phrase.valeur)
        if not places or _EQUIVALENT.search(phrase.valeur):
            continue
        for debut, fin in places:
            depart = phrase.debut + plier(phrase.paragraphe.texte[phrase.debut : phrase.fin]).index(
                phrase.valeur
            )
            nom = phrase.paragraphe.texte[depart + debut : depart + fin]
            yield Trouvaille(
                paragraphe=phrase.paragraphe, debut=depart + debut, fin=depart + fin, valeur=nom
            )


def _places(phrase: str) -> list[tuple[int, int]]:
    connues, annoncees = set(), set()
    if peut_suivre(_connues(), phrase):
        connues = {trouve.span() for trouve in _connues().finditer(phrase)}
    if "marque" in phrase:
        annoncees = {
            t.span("nom") for t in _DE_MARQUE.finditer(phrase) if t["nom"] not in _PAS_UNE_MARQUE
        }
    return sorted(connues | annoncees)


@cache
def _connues() -> re.Pattern[str]:
    noms = tomllib.loads(files(__package__).joinpath("marques.toml").read_text("utf-8"))["marques"]
    return re.compile(rf"\b(?:{'|'.join(re.escape(plier(nom)) for nom in noms)})\b")

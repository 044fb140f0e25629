"""Une phrase : des segments de texte, chacun d'une sorte.

Le texte est nettoyé à l'entrée, une fois pour les deux rendus.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from formats.caracteres import lisible
from formats.typographie import typographier

Sorte = Literal["texte", "gras", "source", "a_completer", "lien"]

_BLANCS = re.compile(r"[\t\n\v\f\r \N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]+")
_ARTICLE = ", art. "
_SOUDURE = re.compile(r"(?<=,) (?=art\.)|(?<=annexe) (?=\d)")
_ADRESSE = re.compile(r"(https?://|mailto:)[^\s<>\"\\^`{|}]{1,2000}")


def propre(texte: str, *, typographie: bool = True) -> str:
    """Une ligne lisible :
    blancs réunis, espaces insécables posées, caractères invisibles écrits par leur code.
    """
    ligne = _BLANCS.sub(" ", texte)
    return lisible(typographier(ligne) if typographie else ligne)


@dataclass(frozen=True, slots=True)
class Segment:
    """Un bout de phrase. `cible` : l'adresse d'un lien, ou le champ qui manque."""

    texte: str
    sorte: Sorte = "texte"
    cible: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "texte", propre(self.texte, typographie=self.sorte != "lien"))


Phrase = tuple[Segment, ...]
Morceau = str | Segment


def phrase(*morceaux: Morceau | Phrase) -> Phrase:
    """Réunit textes, segments et phrases, dans l'ordre, sans rien ajouter entre eux."""
    segments: list[Segment] = []
    for morceau in morceaux:
        match morceau:
            case str():
                segments.append(Segment(morceau))
            case Segment():
                segments.append(morceau)
            case tuple():
                segments.extend(morceau)
    return tuple(segment for segment in segments if segment.texte)


def gras(texte: str) -> Segment:
    return Segment(texte, "gras")


def cite(*sources: object) -> Segment:
    """« (CCP, art. R. 2151-5) », à la fin d'une phrase.

    Rien sans source ; un article ne se coupe pas en fin de ligne.
    """
    insecables = " ; ".join(
        _SOUDURE.sub("\N{NO-BREAK SPACE}", source) for source in _par_texte(sources)
    )
    return Segment(f" ({insecables})" if sources else "", "source")


def _par_texte(sources: tuple[object, ...]) -> list[str]:
    """Les articles d'un même texte qui se suivent le nomment une fois :
    « CCP, art. R. 2112-2 et R. 2131-1 ».

    Un article déjà composé se sépare par un point-virgule : « R. 2143-3,
    1° ; L. 2141-1 à L. 2141-5 ».
    """
    lus = [str(source) for source in sources]
    groupes = groupby(lus, key=lambda lu: lu.partition(_ARTICLE)[0] if _ARTICLE in lu else lu)
    return [_reunis([lu.partition(_ARTICLE)[2] for lu in suite], texte) for texte, suite in groupes]


def _reunis(articles: list[str], texte: str) -> str:
    if not articles[0]:
        return texte
    composes = any(" et " in article or ", " in article for article in articles)
    debut, fin = articles[:-1], articles[-1]
    suite = " ; ".join(articles) if composes or not debut else f"{', '.join(debut)} et {fin}"
    return f"{texte}{_ARTICLE}{suite}"


def lien(adresse: str, texte: str = "") -> Segment:
    """Un lien vers une page ou un courriel. Toute autre adresse reste du texte."""
    if _ADRESSE.fullmatch(adresse):
        return Segment(texte or adresse.removeprefix("mailto:"), "lien", adresse)
    return Segment(texte or adresse)


def a_completer(champ: str, quoi: str) -> Segment:
    """Ce que personne n'a encore dit : visible sur le papier, et rattaché au champ qui le dira."""
    return Segment(f"[À compléter : {quoi}]", "a_completer", champ)


def en_texte(segments: Phrase) -> str:
    return "".join(segment.texte for segment in segments)

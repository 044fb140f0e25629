"""Ce qui a été trouvé dans un texte : la valeur lue, les mots exacts, et leur paragraphe."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from beffroi.achat.relectures.rules.reperage.amorces import peut_suivre
from formats.lecture import Paragraphe, Texte

# Une fin de phrase :
# un point suivi d'une espace et d'une majuscule, sauf après une abréviation ou un numéro.
_FIN_DE_PHRASE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-ÝŒ«\-–•])")
_ABREVIATION = re.compile(
    r"(?:\b(?:art|al|n|no|cf|m|mm|mme|tel|r|l|d|ex|etc|h\.?t|t\.?t\.?c|chap|p|pp|st|ste|bd|av|max"
    r"|min|env)"
    r"|^\s*(?:article\s+)?\d+(?:\.\d+)*)\.$"
)
# Un paragraphe qui contient mille dates n'est pas un règlement : il est fait pour perdre du temps.
TROUVAILLES_D_UN_PARAGRAPHE = 300
_PORTEE = 600  # caractères : au-delà, un mot ne parle plus de la valeur


@dataclass(frozen=True, kw_only=True)
class Trouvaille[V]:
    """Une valeur lue dans un paragraphe, du caractère `debut` au caractère `fin`."""

    paragraphe: Paragraphe
    debut: int
    fin: int
    valeur: V

    @property
    def texte(self) -> str:
        """Les mots exacts."""
        return self.paragraphe.texte[self.debut : self.fin].strip()

    @property
    def place(self) -> str:
        return self.paragraphe.place

    @property
    def phrase(self) -> str:
        """La phrase où la valeur se trouve."""
        debut, fin = bornes_de_la_phrase(self.paragraphe.texte, self.debut, self.fin)
        return self.paragraphe.texte[debut:fin].strip()

    @property
    def avant(self) -> str:
        """Le début de la phrase, jusqu'à la valeur ;
        d'une phrase démesurée, ce qui en est proche.
        """
        debut, _ = bornes_de_la_phrase(self.paragraphe.texte, self.debut, self.fin)
        return self.paragraphe.texte[max(debut, self.debut - _PORTEE) : self.debut]

    @property
    def apres(self) -> str:
        """La suite de la phrase, après la valeur ; d'une phrase démesurée, ce qui en est proche."""
        _, fin = bornes_de_la_phrase(self.paragraphe.texte, self.debut, self.fin)
        return self.paragraphe.texte[self.fin : min(fin, self.fin + _PORTEE)]


@lru_cache(maxsize=8192)
def plier(texte: str) -> str:
    """Le texte sans majuscules ni accents,
    apostrophes et tirets droits, de même longueur que l'original.
    """
    return "".join(map(_plier_un_caractere, texte))


@lru_cache(maxsize=1024)
def _plier_un_caractere(caractere: str) -> str:
    if caractere in "’‘ʼ´`":
        return "'"
    if caractere in "‐‑‒–—−":
        return "-"
    if caractere.isspace():
        return " "
    base = unicodedata.normalize("NFD", caractere)[0].lower()
    return base if len(base) == 1 else caractere


def chercher[V](
    texte: Texte, motif: re.Pattern[str], lire: Callable[[re.Match[str]], V | None]
) -> Iterator[Trouvaille[V]]:
    """Chaque passage qui suit le motif (sur le texte plié) et que `lire` comprend,
    dans l'ordre du document.
    """
    for paragraphe in texte.paragraphes:
        yield from chercher_dans(paragraphe, motif, lire)


def chercher_dans[V](
    paragraphe: Paragraphe, motif: re.Pattern[str], lire: Callable[[re.Match[str]], V | None]
) -> Iterator[Trouvaille[V]]:
    plie = plier(paragraphe.texte)
    if not peut_suivre(motif, plie):
        return
    for trouve in islice(motif.finditer(plie), TROUVAILLES_D_UN_PARAGRAPHE):
        valeur = lire(trouve)
        if valeur is not None:
            yield Trouvaille(
                paragraphe=paragraphe, debut=trouve.start(), fin=trouve.end(), valeur=valeur
            )


def bornes_de_la_phrase(texte: str, debut: int, fin: int) -> tuple[int, int]:
    """Où commence et finit la phrase qui contient ces caractères."""
    coupes = (0, *_coupes(texte), len(texte))
    return coupes[bisect_right(coupes, debut) - 1], coupes[bisect_left(coupes, fin)]


@lru_cache(maxsize=8192)
def _coupes(texte: str) -> tuple[int, ...]:
    plie = plier(texte)
    return tuple(
        coupe.end()
        for coupe in _FIN_DE_PHRASE.finditer(texte)
        if not _ABREVIATION.search(plie, max(0, coupe.start() - 12), coupe.start())
    )


def phrases(paragraphe: Paragraphe) -> Iterator[Trouvaille[str]]:
    """Les phrases d'un paragraphe ; la valeur est la phrase pliée."""
    plie, debut = plier(paragraphe.texte), 0
    for fin in (*_coupes(paragraphe.texte), len(plie)):
        if plie[debut:fin].strip():
            yield Trouvaille(
                paragraphe=paragraphe, debut=debut, fin=fin, valeur=plie[debut:fin].strip()
            )
        debut = fin

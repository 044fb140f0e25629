"""La typographie française, faite par une fonction et non par l'auteur du texte.

Elle s'applique à une phrase, pas à du HTML ni à une adresse. Elle ne change que des espaces et des
apostrophes : elle n'ajoute d'espace qu'à l'intérieur des guillemets. La police de Beffroi n'a pas
l'espace fine insécable (U+202F) : l'espace insécable (U+00A0) sert partout.
"""

import re
from functools import lru_cache

_INSECABLE = "\N{NO-BREAK SPACE}"
_ESPACES = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"
_MOIS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITES = (
    "octets?|[kMGT]?o|ms|min|[hs]|jours?|km|[ckm]?m[²³]?|kg|g|[kM]?€|%|euros?"
    "|pages?|fichiers?|plis?|lots?"
)
_ABREVIATIONS = r"n°|nos|art\.|p\.|[LRD]\.|M\.|Mme|§"

_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|«)"), "’"),
    (re.compile(f"(?<=\\S){_ESPACES}+(?=[:;?!»](?!\\w))"), _INSECABLE),
    (re.compile(f"«{_ESPACES}*(?=\\S)"), f"«{_INSECABLE}"),
    (re.compile("(?<=[^\\s\N{NO-BREAK SPACE}«])»"), f"{_INSECABLE}»"),
    (re.compile(f"(?<=\\d){_ESPACES}+(?=\\d)"), _INSECABLE),
    (re.compile(f"(?<=\\d){_ESPACES}+(?=(?:{_UNITES}|{_MOIS})(?!\\w))"), _INSECABLE),
    (re.compile(f"(?<=\\d{_INSECABLE}h){_ESPACES}+(?=\\d)"), _INSECABLE),
    (re.compile(f"(?<!\\w)1er{_ESPACES}+(?=(?:{_MOIS})(?!\\w))"), f"1er{_INSECABLE}"),
    (re.compile(f"(?<!\\w)({_ABREVIATIONS}){_ESPACES}+(?=\\S)"), f"\\1{_INSECABLE}"),
)


# Les mêmes phrases reviennent de page en page.
@lru_cache(maxsize=2048)
def typographier(texte: str) -> str:
    """Met les espaces insécables et les apostrophes d'une phrase ; la refaire ne change rien."""
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte

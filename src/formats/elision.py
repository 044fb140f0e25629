"""« de » devant un nom : « d’Atelier du Faîtage », « de Zingueurs de la Lys ».

Un nom en H garde « de » : l'aspiration ne se lit pas.
L'article d'un nom reste le sien (« de Les Haies »).
"""

import re
import unicodedata

_VOYELLES = frozenset("aeiouœæ")
# Ces voyelles-là se disent comme des consonnes : « de Onze », « de Yaourt », « de Ouistiti ».
_SANS_ELISION = re.compile(r"(onz|oui|uhlan|ulul|y[aeiou])")


def de(nom: object) -> str:
    """Le nom, précédé de « de » ou de « d’ »."""
    texte = str(nom)
    debut = _sans_accent(texte[:5].lower())
    elide = debut[:1] in _VOYELLES or debut[:1] == "y"
    return f"d’{texte}" if elide and not _SANS_ELISION.match(debut) else f"de {texte}"


def _sans_accent(texte: str) -> str:
    return "".join(
        lettre
        for lettre in unicodedata.normalize("NFD", texte)
        if not unicodedata.combining(lettre)
    )

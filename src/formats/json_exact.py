"""Du JSON où un nombre garde ses décimales : ni flottant, ni exposant.

À valeurs égales, les octets sont les mêmes.
"""

import json
from decimal import Decimal
from typing import Any


def texte(valeur: Any) -> str:
    """Le JSON d'objets, de listes, de textes, d'entiers et de `Decimal`.

    Lève `ValueError` sur un nombre infini.
    """
    if isinstance(valeur, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(nom)}: {texte(contenu)}" for nom, contenu in valeur.items())
            + "}"
        )
    if isinstance(valeur, list | tuple):
        return "[" + ", ".join(map(texte, valeur)) + "]"
    return (
        nombre(valeur)
        if isinstance(valeur, Decimal)
        else json.dumps(valeur, ensure_ascii=False, allow_nan=False)
    )


def nombre(valeur: Decimal) -> str:
    """Les chiffres d'un `Decimal`, tels qu'il les porte. Lève `ValueError` s'il n'est pas fini."""
    if not valeur.is_finite():
        raise ValueError(f"{valeur} n'est pas un nombre qu'un document peut porter.")
    return f"{valeur:f}"

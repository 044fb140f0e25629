"""Les mots d'une colonne : ce que la base garde, et comment on le dit.

Sans Django, pour que les règles les lisent aussi.
"""

from enum import EnumType, StrEnum, nonmember
from typing import Any, Self


class _Vocabulaire(EnumType):
    """Ce qu'un modèle et un formulaire demandent à une suite de mots."""

    @property
    def choices(cls) -> list[tuple[str, str]]:
        mots: list[Any] = list(cls)
        return [(mot.value, mot.label) for mot in mots]

    @property
    def values(cls) -> list[str]:
        return [valeur for valeur, _ in cls.choices]


class Mots(StrEnum, metaclass=_Vocabulaire):
    """`BROUILLON = "brouillon", "Brouillon"` : la valeur, puis comment elle se dit.

    Un champ reçoit `choices=Etat.choices`.
    """

    _value_: str
    label: str
    do_not_call_in_templates = nonmember(True)

    def __new__(cls, valeur: str, label: str = "") -> Self:
        mot = str.__new__(cls, valeur)
        mot._value_, mot.label = valeur, label
        return mot

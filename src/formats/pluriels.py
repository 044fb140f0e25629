"""Compter et énumérer en toutes lettres : « 1 fichier », « 2 fichiers », « A, B et C »."""

from collections.abc import Sequence


def compter(combien: int, singulier: str, pluriel: str = "") -> str:
    """« 1 lot », « 3 lots », « 6 mois ». En français, zéro est au singulier."""
    return f"{combien} {singulier if combien < 2 else pluriel or f'{singulier}s'}"


def enumerer(elements: Sequence[str], mot: str = "et") -> str:
    """« A », « A et B », « A, B et C » ; « A, B ou C » quand `mot` le dit."""
    return f" {mot} ".join(filter(None, [", ".join(elements[:-1]), *elements[-1:]]))

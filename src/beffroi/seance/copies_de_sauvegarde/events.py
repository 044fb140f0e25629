"""Ce que les copies annoncent : une copie ouverte, ses fichiers gardés."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CopieOuverte:
    """Les fichiers d'une copie viennent d'être gardés, dans la même transaction.

    `ouverture` : la clé de son ouverture.
    """

    ouverture: int

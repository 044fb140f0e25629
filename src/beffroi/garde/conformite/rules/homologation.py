"""Une décision d'homologation se dit si elle est entière,
et en vigueur ce jour-là (décret n° 2010-112, art. 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Homologation:
    """Ce que l'autorité a décidé : le jour, jusqu'à quand, qui a signé."""

    le: date
    jusqu_au: date
    autorite: str

    def est_en_vigueur(self, jour: date) -> bool:
        return self.le <= jour <= self.jusqu_au


def lire(reglage: Mapping[str, str]) -> Homologation | None:
    """La décision réglée ; rien si une date manque ou ne se lit pas, ou si personne n'a signé :
    on n'atteste pas à moitié.
    """
    try:
        le, jusqu_au = date.fromisoformat(reglage["le"]), date.fromisoformat(reglage["jusqu_au"])
    except ValueError:
        return None
    autorite = reglage["autorite"].strip()
    return Homologation(le, jusqu_au, autorite) if autorite and le <= jusqu_au else None

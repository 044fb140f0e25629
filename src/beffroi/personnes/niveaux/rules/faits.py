"""Ce que l'on sait de qui dépose : des faits, montrés à l'acheteur, et qui n'écartent personne.

Aucun texte ne permet d'écarter une offre parce que son auteur ne s'est pas identifié davantage :
le signataire se prouve au contrat (CCP, art. R. 2182-3). Un niveau ne retire donc rien.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from formats.pluriels import compter


class Niveau(IntEnum):
    """Du moins au plus établi."""

    DECLAREE = 0
    ADRESSE_PROUVEE = 1
    RECONNUE = 2
    PROUVEE = 3

    @property
    def mot(self) -> str:
        return _MOTS[self]

    @property
    def ton(self) -> str:
        """La couleur ne juge pas : seul ce qui est prouvé se distingue."""
        return "ok" if self is Niveau.PROUVEE else "gris"


_MOTS = {
    Niveau.DECLAREE: "Déclarée",
    Niveau.ADRESSE_PROUVEE: "Adresse prouvée",
    Niveau.RECONNUE: "Reconnue par des collègues",
    Niveau.PROUVEE: "Entreprise prouvée",
}


@dataclass(frozen=True)
class Faits:
    """Ce qui est vrai d'une personne et de son équipe à un instant.

    `collegues` : les autres personnes de l'équipe, dont l'adresse est prouvée. `moyens` : comment
    l'entreprise est prouvée, dans les mots de chaque preuve.
    """

    adresse_prouvee: bool = False
    collegues: int = 0
    moyens: tuple[str, ...] = field(default=())

    @property
    def niveau(self) -> Niveau:
        return niveau(self)

    @property
    def phrase(self) -> str:
        return phrase(self)


def niveau(faits: Faits) -> Niveau:
    """Le plus haut que ces faits établissent."""
    if faits.moyens:
        return Niveau.PROUVEE
    if faits.collegues:
        return Niveau.RECONNUE
    return Niveau.ADRESSE_PROUVEE if faits.adresse_prouvee else Niveau.DECLAREE


def phrase(faits: Faits) -> str:
    """Les faits eux-mêmes, du plus fort au plus faible."""
    dits = [f"prouvée {moyen}" for moyen in faits.moyens]
    if faits.collegues:
        dits.append(f"reconnue par {compter(faits.collegues, 'collègue')}")
    dits.append(
        "adresse électronique prouvée"
        if faits.adresse_prouvee
        else "adresse électronique non prouvée"
    )
    return " ; ".join(dits)

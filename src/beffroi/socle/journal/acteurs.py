"""Qui agit, tel que le journal le retient : une référence et un nom, jamais une clé étrangère.

Un compte peut disparaître ; ce qu'il a fait demeure.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Acteur:
    """Une personne, un logiciel client ou la plateforme elle-même."""

    reference: str
    libelle: str


PLATEFORME = Acteur(reference="plateforme", libelle="La plateforme")

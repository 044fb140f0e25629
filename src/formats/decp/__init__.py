"""Les données essentielles de la commande publique : décrire un contrat, le lire, l'écrire, le vérifier."""

from formats.decp.modele import (
    ActeSousTraitance,
    Concession,
    DonneesAnnuelles,
    Lieu,
    Marche,
    Modification,
    ModificationActeSousTraitance,
    ModificationConcession,
    Paquet,
    Tarif,
    Titulaire,
)

__all__ = [
    "ActeSousTraitance",
    "Concession",
    "DonneesAnnuelles",
    "Lieu",
    "Marche",
    "Modification",
    "ModificationActeSousTraitance",
    "ModificationConcession",
    "Paquet",
    "Tarif",
    "Titulaire",
]

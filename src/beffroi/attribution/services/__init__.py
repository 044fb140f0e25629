"""Attribuer, renoncer, remplacer, écrire aux entreprises, leur répondre."""

from beffroi.attribution.services.decisions import (
    ProjetDAttribution,
    ProjetDeRenonciation,
    Remplacement,
    attribuer,
    rendre,
    renoncer,
    valider,
)

__all__ = [
    "ProjetDAttribution",
    "ProjetDeRenonciation",
    "Remplacement",
    "attribuer",
    "rendre",
    "renoncer",
    "valider",
]

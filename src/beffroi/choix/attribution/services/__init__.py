"""Attribuer, renoncer, remplacer, écrire aux entreprises, leur répondre."""

from beffroi.choix.attribution.services.choix import OffreChoisie, ProjetDAttribution, Remplacement
from beffroi.choix.attribution.services.decisions import (
    ProjetDeRenonciation,
    attribuer,
    rendre,
    renoncer,
    valider,
)
from beffroi.choix.attribution.services.demandes import demander, noter_une_demande, repondre
from beffroi.choix.attribution.services.lettres import (
    FaitsDUneSuite,
    Relecture,
    envoyer_les_lettres,
    preciser,
    preparer_les_lettres,
    relire,
)

__all__ = [
    "FaitsDUneSuite",
    "OffreChoisie",
    "ProjetDAttribution",
    "ProjetDeRenonciation",
    "Relecture",
    "Remplacement",
    "attribuer",
    "demander",
    "envoyer_les_lettres",
    "noter_une_demande",
    "preciser",
    "preparer_les_lettres",
    "relire",
    "rendre",
    "renoncer",
    "repondre",
    "valider",
]

"""Combien de recherches des personnes sans compte gardent."""

from beffroi.socle.budgets.rules import Budget

RECHERCHES_GARDEES = Budget(
    acte="alertes.garder",
    par_reseau=100,  # toute une mairie, derrière une adresse
    en_tout=500,
    sinon="Connectez-vous, ou suivez cette recherche par son flux.",
)

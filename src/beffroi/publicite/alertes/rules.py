"""Combien de recherches des personnes sans compte gardent."""

from beffroi.socle.budgets.rules import Budget

RECHERCHES_GARDEES = Budget(
    acte="alertes.garder",
    par_reseau=10,
    en_tout=100,
    sinon="Connectez-vous, ou suivez cette recherche par son flux.",
)

"""Ce que la loi dit d'un contrat, en fonctions pures."""

"""Des réponses à l'achat, et de l'achat à la procédure : des fonctions pures."""

"""Calculer sans base, en ligne de commande : le droit, la contribution, la fin d'une convention."""

"""Ouvrir et clore une intervention ; agir chez un organisme ; appliquer un tableau d'agents."""

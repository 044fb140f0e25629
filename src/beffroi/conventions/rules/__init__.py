"""Les règles de la convention, pures : des dates et des états, jamais l'heure qu'il est."""

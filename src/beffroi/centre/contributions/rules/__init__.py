"""Ce qu'on vérifie d'un appel, ce qui compte, qui valide : des règles pures."""

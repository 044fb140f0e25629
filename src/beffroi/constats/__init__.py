"""Ce que tout contrôle rend et emploie : les faits, l'écart, le constat, le moteur, le rapport."""

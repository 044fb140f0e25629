"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "DemandeDeRappel": "nom telephone sujet consultation",
}
EXCUSES = {
    "des chiffres, tirés de ce que la personne tape": "DemandeDeRappel.numero",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "ChoixMotive": "libelle motif",
}
PLANTES_EN_JSON = {
    "Preparation": "reponses",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Fente": "libelle",
    "Gardien": "organisation",
    "GardienEnAttente": "organisation",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Tour": "motif_du_delai message",
}
PLANTES_EN_JSON = {
    "Invitation": "groupement",
}

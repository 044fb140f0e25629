"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Utilisateur": "nom qualite",
    "PersonneAttendue": "nom qualite",
    "JetonDApi": "libelle",
}

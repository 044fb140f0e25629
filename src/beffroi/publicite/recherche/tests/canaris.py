"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "FicheIndexee": "titre acheteur lieu",
    "AcheteurIndexe": "nom ville",
    "MotConnu": "ecrit",
}

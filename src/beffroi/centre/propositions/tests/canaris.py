"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {"Proposition": "titre motif motif_d_ecart"}
EXCUSES = {
    "calculé par la machine": "Proposition.acte Proposition.sujet Proposition.page "
    "Proposition.donnees",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "OuvertureDeCopie": "motif",
    "FichierDeCopie": "nom",
    "AnalyseDeFichierDeCopie": "menace motif moteur",
    "LeveeDeQuarantaineDeCopie": "motif",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "DecisionSurCandidature": "motif",
    "ExamenDePiece": "note",
    "Preuve": "nom nom_de_la_source",
}
PLANTES_EN_JSON = {
    "DemandeDeComplement": "pieces",
}
NOMS_DE_FICHIER = {
    "Preuve": "nom",
}

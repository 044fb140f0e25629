"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "PieceDEntreprise": "intitule",
    "VersionDePiece": "nom",
}
NOMS_DE_FICHIER = {
    "VersionDePiece": "nom",
}
EXCUSES = {
    "une pièce de la table de la loi, contrôlée": "PieceDEntreprise.sorte",
}

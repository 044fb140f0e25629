"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Courrier": "sujet texte",
    "Exemplaire": "sujet texte texte_propre",
    "Retour": "texte",
    "PieceJointe": "nom",
}
NOMS_DE_FICHIER = {
    "PieceJointe": "nom",
}
EXCUSES = {
    "un mot de `echanges.mots`, contrôlé": "Courrier.sorte",
    "une adresse de courriel, contrôlée": "Alerte.adresse",
}

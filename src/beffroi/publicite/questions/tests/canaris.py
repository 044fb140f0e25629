"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Question": "texte motif_d_ecart",
    "ReponseAQuestion": "question_publique texte motif_sans_changement",
    "PieceDeQuestion": "nom",
}
NOMS_DE_FICHIER = {
    "PieceDeQuestion": "nom",
}
EXCUSES = {
    "une adresse de courriel, contrôlée": "Demandeur.courriel Question.courriel",
}

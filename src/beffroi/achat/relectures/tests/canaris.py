"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Relecture": "nom_du_document message observation",
    "Commentaire": "texte reponse",
    "DecisionSurUnConstat": "motif",
    "ModeleDeCommentaire": "texte",
    "PasseOutre": "constat motif",
}
NOMS_DE_FICHIER = {
    "Relecture": "nom_du_document",
}
EXCUSES = {
    "lu dans un document que l'on relit": "Relecture.texte",
}

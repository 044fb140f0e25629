"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Demande": "sujet nom telephone objet mot_de_satisfaction",
    "Message": "auteur texte",
    "PieceDeMessage": "nom",
    "ModeleDeReponse": "texte",
    "QuestionFrequente": "question reponse",
}
EXCUSES = {
    "une adresse de courriel, contrôlée": "Demande.courriel",
    "unique : la base n'en garde pas deux pareils": "ModeleDeReponse.titre",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Avis": "texte",
    "Parution": "nom_du_support numero motif_du_refus preuve_nom",
    "CoordonneesDAvis": (
        "adresse ville courriel telephone tribunal tribunal_ville tribunal_courriel "
        "tribunal_telephone"
    ),
}
NOMS_DE_FICHIER = {
    "Parution": "preuve_nom",
}
EXCUSES = {
    "un lien, dont l'adresse est contrôlée à la saisie": "Parution.adresse",
}

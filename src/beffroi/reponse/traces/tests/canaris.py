"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Trace": "texte cause navigateur",
}
EXCUSES = {
    "la ligne d'un cahier, ses références, ses nombres, et l'adresse hachée du poste": (
        "CahierReleve.cahier Trace.reponse Trace.consultation Trace.personne "
        "Trace.details Trace.poste"
    ),
}

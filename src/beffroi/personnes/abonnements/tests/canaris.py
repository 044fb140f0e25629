"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Suivi": "libelle",
    "Nouvelle": "titre",
}
EXCUSES = {
    "la référence d'un objet": "Suivi.sujet",
}

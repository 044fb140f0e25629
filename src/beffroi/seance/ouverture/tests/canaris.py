"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Seance": "justification lieu demande_ecrite",
    "Participant": "nom qualite appareil",
    "OuverturePli": "avertissement motif_de_la_decision",
    "FichierOuvert": "nom",
}
PLANTES_EN_JSON = {
    "Seance": "remarques incidents",
    "OuverturePli": "observations",
}
NOMS_DE_FICHIER = {
    "FichierOuvert": "nom",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "FichierScelle": "nom",
    "Pli": "version_client",
    "DepotMateriel": "deposant preuve observation",
    "SoumissionnaireDit": "motif",
}
EXCUSES = {"des références d'équipes": "SoumissionnaireDit.equipes"}
PLANTES_EN_JSON = {
    "Pli": "groupement",
    "BrouillonDeReponse": "groupement",
}
NOMS_DE_FICHIER = {
    "FichierScelle": "nom",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "VersionDuDossier": "explication motif_sans_prolongation",
    "ModificationDuDossier": "intitule nom",
}
NOMS_DE_FICHIER = {
    "ModificationDuDossier": "nom",
}

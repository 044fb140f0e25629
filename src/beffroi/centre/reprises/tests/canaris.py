"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Reprise": "nom",
    "Vague": "nom motif_d_annulation",
    "LigneDeReprise": "laissee refus",
    "CopieDeReprise": "nom refus",
}
PLANTES_EN_JSON = {"LigneDeReprise": "valeurs"}
NOMS_DE_FICHIER = {
    "Reprise": "nom",
    "CopieDeReprise": "nom",
}
EXCUSES = {
    "calculé par la machine": "CopieDeReprise.nom_plie",
    "montré sur aucune page : rendu dans un tableur, neutralisé": (
        "LigneDeReprise.autres Reprise.ignorees"
    ),
}

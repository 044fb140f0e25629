"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "RapportDePresentation": (
        "recours allotissement chiffre_d_affaires hors_electronique etudes conflits "
        "sous_traitance autres"
    ),
    "CommunicationDuRapport": "aupres_de",
}
EXCUSES = {
    "calculé par la machine": "AnnonceDAttribution.complements",
    "la clé d'un critère, d'une formule, d'un fichier": (
        "RapportDePresentation.odt RapportDePresentation.pdf RapportDePresentation.sha256_odt "
        "RapportDePresentation.sha256_pdf"
    ),
}

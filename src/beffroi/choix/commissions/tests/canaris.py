"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Commission": "nom qualification",
    "Membre": "nom qualite",
    "Reunion": "lieu motif_du_delai nom_du_signe",
    "Siege": "nom qualite",
    "Deport": "motif",
    "Deliberation": "proposition quorum",
    "Dispense": "motif",
    "Annulation": "motif",
}
PLANTES_EN_JSON = {
    "Reunion": "observations",
}
EXCUSES = {
    "une adresse de courriel, contrôlée": "Membre.courriel",
    "la clé d'un critère, d'une formule, d'un fichier": (
        "Reunion.odt Reunion.sha256_odt Reunion.pdf Reunion.sha256_pdf Reunion.signe "
        "Reunion.sha256_signe"
    ),
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Adherent": "nom adresse ville courriel telephone source_des_habitants",
    "Effectif": "nom_du_justificatif",
    "Contact": "nom qualite courriel telephone acte",
    "ImportDAdherents": "nom",
    "ImportDEffectifs": "nom",
    "NoteDAppel": "texte",
}
NOMS_DE_FICHIER = {
    "Effectif": "nom_du_justificatif",
    "ImportDAdherents": "nom",
    "ImportDEffectifs": "nom",
}

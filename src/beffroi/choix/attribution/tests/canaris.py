"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Attribution": "motif avantages motif_de_l_ecart motif_du_remplacement motif_du_renvoi",
    "AutreRetenue": "avantages",
    "Lettre": "texte preuve_de_l_envoi",
    "SuiteDonnee": "motif elimination",
    "DemandeDeMotifs": "texte reponse",
}
PLANTES_EN_JSON = {
    "SuiteDonnee": "notes",
}

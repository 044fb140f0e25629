"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Marche": "objet motif_de_transmission motif_de_fin",
    "Titulaire": "nom",
    "PieceDuMarche": "nom",
    "Modification": "motif nouveau_nom",
    "ActeDeSousTraitance": "nom prestations",
    "BonDeCommande": "objet motif_d_annulation",
}
EXCUSES = {
    "calculé par la machine": (
        "PieceDuMarche.signatures Modification.calcul Modification.article "
        "Marche.considerations_sociales Marche.considerations_environnementales"
    ),
    "de forme fixe": "Marche.ccag Marche.lieu Modification.nouveau_siret",
    "unique : la base n'en garde pas deux pareils": "Marche.numero BonDeCommande.numero",
}

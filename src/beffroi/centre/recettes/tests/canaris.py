"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "ImportDeRecettes": "nom",
    "TitreDeRecette": "motif_d_annulation",
    "Paiement": "libelle motif_de_contrepassation",
}
NOMS_DE_FICHIER = {
    "ImportDeRecettes": "nom",
}
EXCUSES = {
    "unique : la base n'en garde pas deux pareils": "Paiement.numero",
}

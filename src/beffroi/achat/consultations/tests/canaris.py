"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Consultation": (
        "titre objet lieu adresse_de_remise motif_d_empechement motif_du_renvoi motif_sans_suite"
    ),
    "Lot": "intitule",
    "PieceAttendue": "intitule",
    "EntrepriseInvitee": "nom",
    "PieceDce": "intitule nom explication",
    "ChangementPublie": "texte",
}
NOMS_DE_FICHIER = {
    "PieceDce": "nom",
}
EXCUSES = {
    "une adresse de courriel, contrôlée": "EntrepriseInvitee.courriel",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "ParametreDate": "valeur deliberation",
    "Convention": (
        "designation representant signataire siege contact_donnees tribunal "
        "comptable interlocuteur "
        "qualite deliberation_numero motif_d_ecart"
    ),
    "PieceDeConvention": "nom constat",
    "AvenantConvention": "objet",
    "Denonciation": "motif motif_d_annulation archives_numero",
    "Litige": "objet issue",
    "EchangeDuLitige": "de texte",
    "AttestationDAssurance": "assureur police nom",
    "DemandeDAdhesion": "nom interlocuteur qualite telephone",
}
EXCUSES = {
    "calculé par la machine": (
        "PieceDeConvention.modele PieceDeConvention.signatures ParametreDate.nom"
    ),
    "une adresse de courriel, contrôlée": "Convention.courriel DemandeDAdhesion.courriel",
}

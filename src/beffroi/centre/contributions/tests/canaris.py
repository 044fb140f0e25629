"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Grille": "numero_de_deliberation",
    "ChoixDuTarif": "deliberation",
    "EcartDeCompte": "explication",
    "Contribution": "nom verification",
    "Avoir": "explication",
    "Contestation": "texte reponse",
}
EXCUSES = {
    "calculé par la machine": (
        "ChoixDuTarif.valeur Contribution.siret Contribution.source_du_volume "
        "Contribution.motif_du_volume Contribution.interruptions Contribution.convention "
        "Exercice.sorte Contribution.motifs_de_l_effectif Contribution.consultations "
        "Contribution.sha256_du_compte Contribution.motifs Contribution.anomalies "
        "Contribution.document Contribution.nature Contribution.decision "
        "Contribution.origine_de_l_effectif Contribution.source_des_habitants"
    ),
}

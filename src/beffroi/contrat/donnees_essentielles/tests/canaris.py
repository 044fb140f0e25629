"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "ReglageDeCanal": "ailleurs",
    "ImportDeContrats": "nom",
    "FicheDeContrat": "nom_acheteur objet ailleurs",
    "TitulaireDeFiche": "nom",
    "EnvoiAuPortail": "refus",
}
PLANTES_EN_JSON = {
    "FicheDeContrat": "noms retenues",
}
NOMS_DE_FICHIER = {
    "ImportDeContrats": "nom",
}
EXCUSES = {
    "unique par acheteur": "FicheDeContrat.numero",
    "au format national, contrôlé avant d'être gardé": (
        "FicheDeContrat.cpv FicheDeContrat.lieu_type FicheDeContrat.lieu_code "
        "TitulaireDeFiche.type_identifiant TitulaireDeFiche.groupe"
    ),
    "une copie de la fiche, en mots": "MotDeFiche.mot",
    "un numéro d'un autre service": "EnvoiAuPortail.numero EnvoiAuPortail.version",
    "la référence d'un contrat ou d'une consultation": (
        "FicheDeContrat.contrat FicheDeContrat.consultation FicheDeContrat.siret_acheteur"
    ),
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Utilisateur": "nom qualite",
    "PersonneAttendue": "nom qualite",
    "JetonDApi": "libelle",
}
EXCUSES = {
    "un quart d'heure au plus, rendu à l'acte qui le portait, jamais montré d'ici": (
        "FichierSuspendu.adresse FichierSuspendu.champ FichierSuspendu.nom FichierSuspendu.sorte"
    ),
    "la séance, signée et jamais montrée": "Connexion.session_data",
    "une adresse électronique, que la base compare à celle du compte": "PreuveDAdresse.courriel",
}

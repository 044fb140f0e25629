"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Utilisateur": "nom qualite",
    "PersonneAttendue": "nom qualite",
    "JetonDApi": "libelle",
}
EXCUSES = {
    "la séance, signée et jamais montrée": "Connexion.session_data",
    "une adresse électronique, que la base compare à celle du compte": "PreuveDAdresse.courriel",
}

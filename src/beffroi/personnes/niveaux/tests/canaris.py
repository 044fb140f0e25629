"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "LettreDeCode": "adresse",
    "PreuveDEntreprise": "precision motif_de_la_revocation",
}
EXCUSES = {
    "une empreinte, que la plateforme calcule": "LettreDeCode.empreinte_du_code",
}

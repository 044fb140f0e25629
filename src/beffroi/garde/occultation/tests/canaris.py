"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "DocumentOcculte": "nom",
}
EXCUSES = {
    "une empreinte, des nombres, des phrases de nos mots": (
        "DocumentOcculte.sha256_d_origine DocumentOcculte.comptes DocumentOcculte.a_regarder"
    ),
}

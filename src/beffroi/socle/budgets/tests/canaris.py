"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "une empreinte, que la plateforme calcule": "Depense.qui",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Retirant": "entreprise courriel",
}
EXCUSES = {"ce que la plateforme calcule": "RetraitsEnNombre.dernier_releve"}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "un nombre, ou des instants": "CompteurPartage.valeur",
    "une empreinte, que la plateforme calcule": "CompteurPartage.cle Depense.qui",
}

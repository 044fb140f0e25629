"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "ce que la plateforme calcule": "CleDeLaBase.usage CleDeLaBase.empreinte PassageDOuvrier.qui "
    "NoeudVu.noeud NoeudVu.version MiseAJour.version",
}

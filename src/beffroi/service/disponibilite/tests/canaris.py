"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Evenement": "titre",
    "Point": "texte",
}
EXCUSES = {
    "mesuré par la sonde": "EtatTenu.point EtatTenu.ton Releve.dit",
}

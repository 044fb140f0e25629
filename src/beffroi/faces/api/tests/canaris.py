"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "la référence d'un objet": "ActeParCle.sujet",
}

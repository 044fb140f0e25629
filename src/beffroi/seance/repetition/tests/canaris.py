"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "PlaceDeRepetition": "nom qualite appareil",
}
EXCUSES = {
    "tenu par la séance : un code et une heure": "Repetition.incidents",
}

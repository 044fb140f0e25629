"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Versement": "remise motif_d_abandon panne",
    "MessageDuService": "service cote nom",
}
EXCUSES = {
    (
        "les raisons d'un service d'archives, éprouvées par les tests de ses pages"
    ): "MessageDuService.motifs",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "noté par la commande qui sauvegarde": (
        "Sauvegarde.nom EssaiDeRestauration.nom EssaiDeRestauration.faute"
    ),
}

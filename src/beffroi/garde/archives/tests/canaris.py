"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Gel": "motif motif_de_la_levee",
    "Paquet": "refus",
    "Elimination": "signataire nom_du_visa",
    "PieceAEliminer": "titre nom",
}
EXCUSES = {
    "calculé par la machine": (
        "PieceAEliminer.sorte PieceAEliminer.source Elimination.restitution "
        "Elimination.sha256_du_visa "
        "Elimination.cle_du_visa"
    ),
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Violation": "titre nature personnes donnees consequences mesures raison_du_risque bilan",
    "Suite": "texte numero motif_du_retard changements",
    "Touche": "message",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Intervention": "motif demande prevu accord bilan",
    "ImportDAgents": "nom motif",
}

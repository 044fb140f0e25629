"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

EXCUSES = {
    "ce que deux navigateurs se disent, effacé à la fin": "Signal.corps Signal.genre",
    "l'empreinte d'un texte": "Partage.texte_accepte AccordEnAttente.texte_accepte",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Entreprise": "nom",
    "Etablissement": "adresse",
    "InvitationEnAttente": "courriel",
}

"""Ce qu'une personne peut taper ici, et où planter un canari : voir `tests/parcours/canaris.py`."""

PLANTES = {
    "Organisme": (
        "nom adresse ville courriel telephone contact_donnees_personnelles service_chorus "
        "motif_de_suspension"
    ),
    "Habilitation": "service",
    "HabilitationEnAttente": "service",
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

SANS_ECRAN = {
    **dict.fromkeys(
        ("abonnements:confirmer", "abonnements:arreter", "abonnements:gerer"),
        "demande un lien reçu par courriel : éprouvé dans le parcours du suivi d'un dossier",
    ),
}

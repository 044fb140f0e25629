"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "recherche:flux",
            "recherche:calendrier",
            "recherche:flux_de_consultation",
            "recherche:flux_d_acheteur",
            "recherche:robots",
            "recherche:plan",
        ),
        FICHIER,
    ),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "relectures:demander",
            "relectures:prendre",
            "relectures:commenter",
            "relectures:rendre",
            "relectures:decider",
            "relectures:revenir",
        ),
        POST,
    ),
    **dict.fromkeys(
        ("relectures:retirer_modele", "relectures:effacer"),
        (
            "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
            "lu par ses tests de vue"
        ),
    ),
    "relectures:rapport": FICHIER,
    "relectures:piece": FICHIER,
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    **dict.fromkeys(
        ("restitution:reprise", "restitution:consultation"),
        "demande l'archive d'une autre plateforme : éprouvé par ses tests de vue",
    ),
    "restitution:demander": POST,
    **dict.fromkeys(
        ("restitution:fichier", "restitution:piece", "restitution:piece_hors_consultation"),
        FICHIER,
    ),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "journal:tete",
            "journal:points_de_controle",
            "journal:cles",
            "journal:feuilles",
            "journal:tuile",
        ),
        MACHINE,
    ),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE, POST

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "teleassistance:signaux",
            "teleassistance:agir",
            "teleassistance:signaux_du_centre",
            "teleassistance:finir",
        ),
        POST,
    ),
    **dict.fromkeys(("teleassistance:etat", "teleassistance:etat_au_centre"), MACHINE),
    **dict.fromkeys(
        ("teleassistance:fenetre", "teleassistance:regarder"),
        "demande un partage à deux : éprouvé, axe compris, par le parcours de la téléassistance",
    ),
}

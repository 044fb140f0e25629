"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    **dict.fromkeys(("incidents:numeroter", "incidents:decliner"), POST),
    "incidents:chez_l_acheteur": (
        "demande un incident dans les 24 heures avant une heure limite : éprouvé par ses tests"
    ),
}

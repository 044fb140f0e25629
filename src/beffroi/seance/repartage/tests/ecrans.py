"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    **dict.fromkeys(("repartage:remettre", "repartage:achever"), POST),
    "repartage:abandonner": (
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue"
    ),
}

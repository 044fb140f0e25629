"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    "versements:verser": (
        "demande un paquet qui ne l'est pas encore : éprouvé, axe compris, "
        "par le parcours des versements"
    ),
    **dict.fromkeys(("versements:remettre", "versements:relancer"), POST),
    "versements:document": FICHIER,
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER

SANS_ECRAN = {
    **dict.fromkeys(("engagements:acte", "engagements:document"), FICHIER),
    **dict.fromkeys(
        ("engagements:le_sien", "engagements:deposer"),
        (
            "demande un contrat attribué, l'attente finie : éprouvé, axe compris, "
            "par le parcours des titulaires"
        ),
    ),
    "engagements:notifier": "envoie, puis revient à « engagements:chacun »",
}

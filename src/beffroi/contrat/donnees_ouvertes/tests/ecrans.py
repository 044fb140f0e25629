"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, MACHINE

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "donnees_ouvertes:profils",
            "donnees_ouvertes:consultations_csv",
            "donnees_ouvertes:consultations_json",
        ),
        FICHIER,
    ),
    "donnees_ouvertes:catalogue": MACHINE,
}

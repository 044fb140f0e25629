"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE, POST

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "ouverture:rejoindre",
            "ouverture:sans_conflit",
            "ouverture:presidence",
            "ouverture:installer",
            "ouverture:registre_lu",
            "ouverture:suspendre",
            "ouverture:abandonner",
            "ouverture:codes",
            "ouverture:alea",
            "ouverture:code",
            "ouverture:part",
            "ouverture:cles",
            "ouverture:hors_ligne",
            "ouverture:suivante",
            "ouverture:clore",
        ),
        POST,
    ),
    "ouverture:etat": MACHINE,
}

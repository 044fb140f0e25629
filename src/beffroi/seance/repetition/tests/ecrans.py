"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE, POST

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "repetition:rejoindre",
            "repetition:codes",
            "repetition:alea",
            "repetition:code",
            "repetition:part",
            "repetition:cles",
            "repetition:enveloppe",
            "repetition:conclure",
            "repetition:abandonner",
        ),
        POST,
    ),
    "repetition:etat": MACHINE,
}

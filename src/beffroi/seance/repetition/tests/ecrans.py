"""Ses écrans, qui les regarde et dans quel état ; les adresses qui n'en ont pas, et pourquoi."""

from tests.parcours.ecran import MACHINE, POST, Ecran, objet, ref

ECRANS = [
    Ecran("repetition:accueil", "helene", ref("publiee"), etat="repetee"),
    Ecran("repetition:accueil", "helene", ref("publiee", 1), etat="a-faire"),
    Ecran("repetition:accueil", "yvette", ref("publiee", 1), etat="lecture"),
    Ecran("repetition:accueil", "martine", ref("close"), etat="trop-tard"),
    Ecran(
        "repetition:repetition",
        "bernard",
        objet("SELECT reference FROM repetition_repetition ORDER BY id LIMIT 1"),
    ),
]

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

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    "dume:reprendre": POST,
    "dume:demande_en_xml": FICHIER,
}

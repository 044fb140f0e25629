"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    "retraits:mon_entreprise": POST,
    "retraits:fichier": FICHIER,
}

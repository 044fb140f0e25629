"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    **dict.fromkeys(("apports:retenir", "apports:refaire"), POST),
    **dict.fromkeys(("apports:piece", "apports:fichier"), FICHIER),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    "proces_verbaux:remarque": POST,
    **dict.fromkeys(("proces_verbaux:pdf", "proces_verbaux:signe"), FICHIER),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    "dossiers:retirer": POST,
    "dossiers:defaire": (
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue"
    ),
    "dossiers:d_avant": FICHIER,
}

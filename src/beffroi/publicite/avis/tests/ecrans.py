"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, POST

SANS_ECRAN = {
    **dict.fromkeys(("avis:verifier", "avis:envoyer", "avis:relancer"), POST),
    **dict.fromkeys(("avis:fichier", "avis:preuve"), FICHIER),
    "avis:public": "demande un avis d'une consultation publiée : éprouvé par ses tests de vue",
}

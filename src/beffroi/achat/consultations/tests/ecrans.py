"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, MACHINE, POST, RENVOI

SANS_ECRAN = {
    **dict.fromkeys(
        (
            "consultations:politique",
            "consultations:soumettre",
            "consultations:programmer",
            "consultations:deprogrammer",
            "consultations:reprendre",
        ),
        POST,
    ),
    **dict.fromkeys(
        ("consultations:retirer_document", "consultations:retirer_piece"),
        (
            "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
            "lu par ses tests de vue"
        ),
    ),
    **dict.fromkeys(
        ("consultations:dossier", "consultations:document", "consultations:calendrier"), FICHIER
    ),
    "consultations:cles_publiques": MACHINE,
    "consultations:court": RENVOI,
}

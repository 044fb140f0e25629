"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, MACHINE, POST

SANS_ECRAN = {
    **dict.fromkeys(("reponses:ecarter", "reponses:traces"), POST),
    **dict.fromkeys(
        ("reponses:recepisse_pdf", "reponses:recu_zip", "reponses:depot_json"), FICHIER
    ),
    **dict.fromkeys(("reponses:heure", "reponses:seance"), MACHINE),
    **dict.fromkeys(
        ("reponses:pas_moi", "reponses:revenir"),
        "demande une réponse contestée : regardé dans `tests/parcours/test_ce_n_est_pas_moi.py`",
    ),
    "reponses:lots": (
        "demande une réponse à une consultation allotie : éprouvé par ses tests de vue"
    ),
}

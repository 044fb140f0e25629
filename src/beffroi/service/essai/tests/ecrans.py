"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE, POST, RENVOI

SANS_ECRAN = {
    **dict.fromkeys(("essai:entrer", "essai:commencer_la_classe"), POST),
    **dict.fromkeys(("essai:envoi", "essai:attestation"), MACHINE),
    "essai:entrer_a_l_ecole": RENVOI,
    **dict.fromkeys(
        ("essai:courriels", "essai:ouverte"),
        "n'existe que dans l'espace d'essai : éprouvé, axe compris, par son parcours",
    ),
}

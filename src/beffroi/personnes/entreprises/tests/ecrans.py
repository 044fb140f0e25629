"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    **dict.fromkeys(("entreprises:choisir", "entreprises:confirmer", "entreprises:demander"), POST),
    **dict.fromkeys(
        ("entreprises:annuler_l_invitation", "entreprises:ecarter", "entreprises:reunir"),
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue",
    ),
    "entreprises:invitation": (
        "demande un lien reçu par courriel : éprouvé, axe compris, par le parcours des pièces"
    ),
    "entreprises:pas_moi": (
        "demande un lien reçu par courriel : regardé dans `tests/parcours/test_ce_n_est_pas_moi.py`"
    ),
}

"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    "aide:noter_l_appel": POST,
    **dict.fromkeys(
        ("aide:acheteur", "aide:ouverture", "aide:public"),
        "le même gabarit qu'« aide:entreprise »",
    ),
}

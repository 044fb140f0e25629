"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    **dict.fromkeys(
        ("comptes:presence", "comptes:delivrer_jeton", "comptes:fermer_les_connexions"), POST
    ),
    "comptes:revoquer_jeton": (
        "demande un objet que la démonstration n'a pas : le gabarit de « relectures:retirer », "
        "lu par ses tests de vue"
    ),
}

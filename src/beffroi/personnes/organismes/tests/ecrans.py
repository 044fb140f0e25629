"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    "organismes:inviter": POST,
    **dict.fromkeys(
        ("organismes:annuler", "organismes:annuler_un_administrateur"),
        "demande un objet que la démonstration n'a pas : « portail/confirmer.html », "
        "lu par ses tests de vue",
    ),
}

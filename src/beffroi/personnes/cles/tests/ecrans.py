"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import POST

SANS_ECRAN = {
    **dict.fromkeys(("cles:refaire", "cles:renvoyer_le_lien"), POST),
    "cles:annuler_la_garde": (
        "demande un objet que la démonstration n'a pas : « portail/confirmer.html », "
        "lu par ses tests de vue"
    ),
}

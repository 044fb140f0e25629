"""Les écrans d'une reprise : celui où tout commence se regarde ; les autres, au parcours."""

from tests.parcours.ecran import FICHIER, POST, Ecran, envoyer

ECRANS = [
    Ecran("reprises:liste", "nadege"),
    Ecran("reprises:liste", "solange", etat="lecture"),
    Ecran(
        "reprises:liste",
        "nadege",
        etat="vide",
        statut=422,
        geste=envoyer(bouton="Relire ce tableur"),
    ),
]
AU_PARCOURS = "demande un tableur déposé : éprouvé, axe compris, par le parcours des reprises"
SANS_ECRAN = {
    **dict.fromkeys(("reprises:modele", "reprises:fautives"), FICHIER),
    **dict.fromkeys(
        ("reprises:corriger", "reprises:laisser", "reprises:defaire", "reprises:relancer"), POST
    ),
    **dict.fromkeys(
        (
            "reprises:reprise",
            "reprises:redeposer",
            "reprises:copies",
            "reprises:composer",
            "reprises:vague",
            "reprises:activer",
            "reprises:annuler",
        ),
        AU_PARCOURS,
    ),
}

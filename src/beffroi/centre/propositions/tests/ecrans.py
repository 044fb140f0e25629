"""Les écrans des décisions à deux. La démonstration n'en a pas qui attende."""

from tests.parcours.ecran import Ecran

ECRANS = [
    Ecran("propositions:liste", "nadege", etat="rien-n-attend"),
    Ecran("propositions:liste", "remi", etat="ordonnateur"),
]
SANS_ECRAN = {
    "propositions:ecarter": (
        "demande une proposition ouverte : éprouvé, axe compris, par le parcours des impayés"
    ),
}

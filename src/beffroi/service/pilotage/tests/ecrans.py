"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER

SANS_ECRAN = {
    **dict.fromkeys(("pilotage:acheteur_csv", "pilotage:service_csv", "pilotage:rapport"), FICHIER),
}

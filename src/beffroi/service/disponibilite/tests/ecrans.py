"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER, MACHINE

SANS_ECRAN = {
    "disponibilite:metriques": MACHINE,
    "disponibilite:arrivee": MACHINE,
    "disponibilite:flux": FICHIER,
}

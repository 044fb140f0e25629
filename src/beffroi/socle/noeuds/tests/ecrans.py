"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import MACHINE

SANS_ECRAN = dict.fromkeys(("noeuds:sante", "noeuds:pret"), MACHINE)

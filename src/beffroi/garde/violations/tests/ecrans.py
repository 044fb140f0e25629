"""Les adresses qui n'ont pas d'écran à regarder, et pourquoi."""

from tests.parcours.ecran import FICHIER

SANS_ECRAN = {
    **dict.fromkeys(("violations:registre", "violations:fiche"), FICHIER),
}

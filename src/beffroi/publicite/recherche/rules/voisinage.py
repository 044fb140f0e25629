"""Pardonner une faute de frappe :
deux mots voisins ont en commun ce qui reste de chacun sans une lettre.

« toitrue » et « toiture » perdent chacun une lettre et donnent « toitre ». Une table de ces restes,
lue par clé exacte, trouve les voisins d'un mot parmi des dizaines de milliers sans en parcourir
aucun, et sans extension de la base.
"""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

LETTRES_POUR_CORRIGER = 4


def se_corrige(mot: str) -> bool:
    """Un mot court a trop de voisins, et un nombre n'est pas une faute de frappe."""
    return len(mot) >= LETTRES_POUR_CORRIGER and mot.isalpha()


def restes(mot: str) -> list[str]:
    """Le mot, puis ce qu'il en reste sans l'une de ses lettres, une fois chacun."""
    return list(dict.fromkeys([mot, *(mot[:rang] + mot[rang + 1 :] for rang in range(len(mot)))]))


def ecart(mot: str, autre: str) -> int:
    """Combien de lettres ajoutées, ôtées, changées,
    ou échangées avec leur voisine, séparent deux mots.
    """
    return int(OSA.distance(mot, autre))


def du_plus_proche(mot: str, voisins: Iterable[str]) -> list[str]:
    """Le plus proche d'abord ; on se trompe rarement de première lettre."""
    return sorted(
        set(voisins),
        key=lambda voisin: (ecart(mot, voisin), voisin[:1] != mot[:1], len(voisin), voisin),
    )

"""Deux couleurs, et ce qui se lit de l'une sur l'autre (WCAG 2.2, § 1.4.3)."""

import re

HEXADECIMALE = re.compile(r"#[0-9a-fA-F]{6}")


def est_une_couleur(dite: str) -> bool:
    """« #1f4079 » ; les formes courtes et les noms se refusent : un fichier les écrit en entier."""
    return HEXADECIMALE.fullmatch(dite) is not None


def luminance(couleur: str) -> float:
    """Luminance relative, de 0 (noir) à 1 (blanc). Admet aussi « #fff »."""
    lineaires = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (canal / 255 for canal in _canaux(couleur))
    ]
    return 0.2126 * lineaires[0] + 0.7152 * lineaires[1] + 0.0722 * lineaires[2]


def contraste(une: str, autre: str) -> float:
    """De 1 à 21 ; un texte courant en demande 4,5."""
    claire, sombre = sorted((luminance(une), luminance(autre)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


def melange(une: str, autre: str, part: float) -> str:
    """`part`, de 0 à 1, de la seconde dans la première."""
    canaux = zip(_canaux(une), _canaux(autre), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in canaux)


def _canaux(couleur: str) -> tuple[int, ...]:
    chiffres = couleur.lstrip("#")
    chiffres = "".join(c * 2 for c in chiffres) if len(chiffres) == 3 else chiffres
    return tuple(int(chiffres[rang : rang + 2], 16) for rang in (0, 2, 4))

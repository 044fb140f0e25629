"""Le sceau : 64 traits, un par chiffre hexadécimal de l'empreinte SHA-256.

Il illustre, il ne prouve rien.
"""

from math import cos, pi, sin

_CENTRE = 64
_RAYON = 42
_LONGUEUR_MINIMALE = 2.5
_LONGUEUR_PAR_UNITE = 1.1
_TRAITS = 64
_TAILLE_EMPREINTE = 32

MARQUE = (
    "M16 0 19 6.8V9.4H20.6V12H21.9V8.6L23.2 5.6 24.5 "
    "8.6V15H23V29H25.4V32H6.6V29H9V15H7.5V8.6L8.8 5.6 "
    "10.1 8.6V12H11.4V9.4H13V6.8ZM16 16.4a3.5 3.5 0 0 0-1.3 6.75L13.7 29h4.6l-1-5.85A3.5 "
    "3.5 0 0 0 16 16.4Z"
)


def _cote(valeur: float) -> str:
    ecrite = f"{valeur:.1f}"
    return ecrite.removesuffix(".0")


def _point(angle: float, rayon: float) -> str:
    return f"{_cote(_CENTRE + rayon * sin(angle))} {_cote(_CENTRE - rayon * cos(angle))}"


def traits(empreinte: bytes) -> str:
    """Chemin SVG (boîte 128 × 128) des 64 traits, depuis le haut, dans le sens des aiguilles."""
    if len(empreinte) != _TAILLE_EMPREINTE:
        raise ValueError("Le sceau se dessine depuis une empreinte de 32 octets.")
    chemin = []
    for rang, chiffre in enumerate(empreinte.hex()):
        angle = 2 * pi * rang / _TRAITS
        longueur = _LONGUEUR_MINIMALE + _LONGUEUR_PAR_UNITE * int(chiffre, 16)
        chemin.append(f"M{_point(angle, _RAYON)}L{_point(angle, _RAYON + longueur)}")
    return "".join(chemin)


def image(empreinte: bytes, *, couleur: str) -> str:
    """Le sceau entier, en document SVG autonome, pour les PDF."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">'
        f'<path d="{traits(empreinte)}" fill="none" stroke="{couleur}" stroke-width="2.1"/>'
        f'<circle cx="64" cy="64" r="38.5" fill="none" stroke="{couleur}" stroke-width="1.2"/>'
        f'<circle cx="64" cy="64" r="35" fill="none" stroke="{couleur}" stroke-width="2.4"/>'
        f'<path transform="translate(41.6 40.2) scale(1.4)" fill="{couleur}" '
        f'fill-rule="evenodd" d="{MARQUE}"/>'
        "</svg>"
    )

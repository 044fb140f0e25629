"""Les actes des archives."""

from beffroi.garde.archives.services.eliminations import (
    Rendu,
    Visa,
    abandonner,
    detruire,
    etablir_apres_restitution,
    etablir_un_bordereau,
    viser,
)
from beffroi.garde.archives.services.gels import geler, lever
from beffroi.garde.archives.services.paquets import demander_un_paquet, etablir_un_paquet

__all__ = [
    "Rendu",
    "Visa",
    "abandonner",
    "demander_un_paquet",
    "detruire",
    "etablir_apres_restitution",
    "etablir_un_bordereau",
    "etablir_un_paquet",
    "geler",
    "lever",
    "viser",
]

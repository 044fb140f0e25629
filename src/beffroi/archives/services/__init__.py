"""Les actes des archives."""

from beffroi.archives.services.eliminations import Visa, abandonner, detruire, etablir_un_bordereau, viser
from beffroi.archives.services.gels import geler, lever
from beffroi.archives.services.paquets import demander_un_paquet, etablir_un_paquet

__all__ = [
    "Visa",
    "abandonner",
    "demander_un_paquet",
    "detruire",
    "etablir_un_bordereau",
    "etablir_un_paquet",
    "geler",
    "lever",
    "viser",
]

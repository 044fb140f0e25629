"""Qui remet en concurrence les titulaires d'un accord-cadre : qui tient les
contrats ; tout l'organisme le lit.
"""

from beffroi.contrat.marches.permissions import ACTES as DES_MARCHES
from beffroi.personnes.organismes.models import Habilitation

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_remises": DES_MARCHES["lire_les_marches"],
    "remettre_en_concurrence": DES_MARCHES["tenir_les_marches"],
}

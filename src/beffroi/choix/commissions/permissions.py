"""Qui lit les commissions d'un organisme, qui en tient le secrétariat.

Un membre convoqué lit sa réunion sans aucun rôle.
"""

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import PUBLIENT

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_commissions": PUBLIENT | {_ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR},
    "tenir_les_commissions": PUBLIENT,
}

"""Qui lit le registre des dépôts, et qui y inscrit ce qui arrive au guichet."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_ACHETEURS = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_le_registre": _ACHETEURS | {_ROLE.LECTEUR, _ROLE.ADMINISTRATEUR},
    "inscrire_un_depot_materiel": _ACHETEURS,
}

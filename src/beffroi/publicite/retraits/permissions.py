"""Qui lit le registre des retraits."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_les_retraits": frozenset(
        {_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}
    ),
}

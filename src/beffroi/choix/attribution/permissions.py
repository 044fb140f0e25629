"""Qui lit les attributions, en décide, et envoie les lettres."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_DECIDENT = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_attributions": _DECIDENT | {_ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR},
    "attribuer": _DECIDENT,
    "notifier_les_choix": _DECIDENT,
}

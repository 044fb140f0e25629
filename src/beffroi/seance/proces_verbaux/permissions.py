"""Qui dépose le procès-verbal signé. Le lire est à qui voit la séance."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "signer_le_proces_verbal": frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR}),
}

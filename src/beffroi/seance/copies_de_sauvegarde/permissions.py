"""Qui peut quoi : ouvrir une copie est un acte d'ouverture ; la lire suit les réponses."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_copies": frozenset(
        {_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR, _ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}
    ),
    "ouvrir_une_copie": frozenset({_ROLE.OUVREUR}),
    "lever_la_quarantaine": frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR}),
}

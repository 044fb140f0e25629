"""Qui peut quoi devant une signature : lire le rapport comme on lit la réponse ;
vérifier et confirmer si l'on instruit.
"""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_INSTRUCTEURS = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_les_signatures": _INSTRUCTEURS | {_ROLE.LECTEUR, _ROLE.ADMINISTRATEUR},
    "verifier_les_signatures": _INSTRUCTEURS,
    "confirmer_le_signataire": _INSTRUCTEURS,
}

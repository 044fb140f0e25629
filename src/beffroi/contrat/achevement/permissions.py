"""Quel rôle permet quel acte : tout l'organisme lit ; qui prépare ou valide écrit."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
_ECRIVENT = frozenset({Role.REDACTEUR, Role.VALIDEUR})

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "lire_l_achevement": _ECRIVENT | {Role.OUVREUR, Role.LECTEUR, Role.ADMINISTRATEUR},
    "ecrire_l_attribution": _ECRIVENT,
    "etablir_le_rapport": _ECRIVENT,
}

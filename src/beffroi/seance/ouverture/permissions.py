"""Qui peut quoi à l'ouverture : la même table pour les écrans, les services et la documentation."""

from beffroi.personnes.organismes.models import Habilitation

_ROLE = Habilitation.Role
_ACHETEURS = frozenset({_ROLE.REDACTEUR, _ROLE.VALIDEUR, _ROLE.OUVREUR})
_LECTEURS = _ACHETEURS | {_ROLE.LECTEUR, _ROLE.ADMINISTRATEUR}

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    "voir_la_seance": _LECTEURS,
    "preparer_la_seance": _ACHETEURS,
    "ouvrir": frozenset({_ROLE.OUVREUR}),
    "lire_les_plis": _LECTEURS,
}

# À la table d'un recouvrement. Le procès-verbal signé, lui, reste l'affaire de l'acheteur.
ACTES_D_UN_GARDIEN = frozenset({"voir_la_seance", "ouvrir"})

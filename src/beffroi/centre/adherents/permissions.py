"""Qui lit l'annuaire, qui le tient, qui déclare un effectif."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    # Chez l'exploitant.
    "lire_l_annuaire": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE}),
    "tenir_l_annuaire": frozenset({Role.GESTIONNAIRE}),
    # Chez l'adhérent. Un état du personnel nomme des agents : tous n'ont pas à le lire.
    "lire_l_adhesion": frozenset(
        {Role.ADMINISTRATEUR, Role.REDACTEUR, Role.VALIDEUR, Role.LECTEUR, Role.OUVREUR}
    ),
    "lire_le_justificatif": frozenset({Role.ADMINISTRATEUR}),
    "declarer_l_effectif": frozenset({Role.ADMINISTRATEUR}),
}

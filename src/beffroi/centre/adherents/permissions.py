"""Qui lit l'annuaire, qui le tient, qui déclare un effectif."""

from beffroi.personnes.organismes.models import Habilitation

Role = Habilitation.Role
CENTRE = frozenset(
    {
        Role.ADMINISTRATEUR,
        Role.TECHNICIEN,
        Role.JURISTE,
        Role.GESTIONNAIRE,
        Role.ORDONNATEUR,
        Role.COMPTABLE,
    }
)
# Qui décroche le téléphone, et qui tient l'annuaire.
AU_TELEPHONE = CENTRE - {Role.ORDONNATEUR, Role.COMPTABLE}

ACTES: dict[str, frozenset[Habilitation.Role]] = {
    # Chez l'exploitant.
    "lire_l_annuaire": CENTRE,
    # Un état du personnel nomme des agents : qui répond au téléphone n'en lit que le nombre.
    "lire_les_effectifs": frozenset({Role.GESTIONNAIRE, Role.ORDONNATEUR, Role.COMPTABLE}),
    # La fiche, bloc par bloc. La convention, la contribution, les demandes et les interventions :
    # chaque contexte le dit pour le sien.
    "voir_les_achats_en_cours": AU_TELEPHONE,
    "voir_les_personnes": frozenset({Role.ADMINISTRATEUR, Role.TECHNICIEN, Role.GESTIONNAIRE}),
    "lire_les_notes": AU_TELEPHONE,
    "noter_un_appel": AU_TELEPHONE,
    "tenir_l_annuaire": frozenset({Role.GESTIONNAIRE}),
    # Chez l'adhérent. Un état du personnel nomme des agents : tous n'ont pas à le lire.
    "lire_l_adhesion": frozenset(
        {Role.ADMINISTRATEUR, Role.REDACTEUR, Role.VALIDEUR, Role.LECTEUR, Role.OUVREUR}
    ),
    "lire_le_justificatif": frozenset({Role.ADMINISTRATEUR}),
    "declarer_l_effectif": frozenset({Role.ADMINISTRATEUR}),
}

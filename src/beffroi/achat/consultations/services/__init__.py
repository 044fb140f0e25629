"""Les actes sur une consultation, du brouillon à la fin."""

from beffroi.achat.consultations.services.brouillon import (
    attendre_piece,
    brouillon_verrouille,
    creer_consultation,
    decrire,
    definir_les_lots,
    designer_membre,
    modifier_brouillon,
    ne_plus_attendre_piece,
    poser_les_lots,
    retirer_membre,
)
from beffroi.achat.consultations.services.cles import (
    attacher_cles,
    choisir_la_politique,
    creer_les_cles,
    demander_les_essais,
    proposer_la_politique,
    remplacer_les_membres,
)
from beffroi.achat.consultations.services.delai import prolonger_le_delai
from beffroi.achat.consultations.services.documents import ajouter_piece, retirer_piece
from beffroi.achat.consultations.services.dossier import archive_fidele, composer_l_archive
from beffroi.achat.consultations.services.effacement import noter_l_effacement
from beffroi.achat.consultations.services.invitees import Invitee, inviter_les_entreprises
from beffroi.achat.consultations.services.programmation import (
    annuler_la_programmation,
    programmer_la_publication,
    publier_a_l_heure_dite,
)
from beffroi.achat.consultations.services.publication import (
    constater_la_cloture,
    declarer_sans_suite,
    publier_consultation,
)
from beffroi.achat.consultations.services.recours import (
    OUVRIR,
    REFAIRE,
    Recours,
    recourir_aux_gardiens,
)
from beffroi.achat.consultations.services.validation import (
    reprendre_le_brouillon,
    soumettre_a_relecture,
)

__all__ = [
    "OUVRIR",
    "REFAIRE",
    "Invitee",
    "Recours",
    "ajouter_piece",
    "annuler_la_programmation",
    "archive_fidele",
    "attacher_cles",
    "attendre_piece",
    "brouillon_verrouille",
    "choisir_la_politique",
    "composer_l_archive",
    "constater_la_cloture",
    "creer_consultation",
    "creer_les_cles",
    "declarer_sans_suite",
    "decrire",
    "definir_les_lots",
    "demander_les_essais",
    "designer_membre",
    "inviter_les_entreprises",
    "modifier_brouillon",
    "ne_plus_attendre_piece",
    "noter_l_effacement",
    "poser_les_lots",
    "programmer_la_publication",
    "prolonger_le_delai",
    "proposer_la_politique",
    "publier_a_l_heure_dite",
    "publier_consultation",
    "recourir_aux_gardiens",
    "remplacer_les_membres",
    "reprendre_le_brouillon",
    "retirer_membre",
    "retirer_piece",
    "soumettre_a_relecture",
]

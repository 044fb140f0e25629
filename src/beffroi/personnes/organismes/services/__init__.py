"""Créer un organisme, y donner et y retirer des rôles."""

from beffroi.personnes.organismes.services.accueil import (
    accueillir_agent,
    accueillir_en_nombre,
    installer_l_exploitant,
    nommer_un_administrateur,
    ouvrir_organisme,
)
from beffroi.personnes.organismes.services.attentes import (
    Accueil,
    accorder_ce_qui_attendait,
    annuler_l_attente,
    oublier_l_attente,
    renvoyer_le_lien,
    suspendre_les_roles_sans_preuve,
)
from beffroi.personnes.organismes.services.departs import (
    exiger_un_autre_administrateur,
    fermer_le_compte,
    fermer_le_compte_d_un_agent,
    retirer_habilitation,
    terminer,
)
from beffroi.personnes.organismes.services.organismes import (
    Coordonnees,
    creer_organisme,
    decrire_l_organisme,
    regler_la_publication,
    retablir_les_nouvelles_consultations,
    suspendre_les_nouvelles_consultations,
)
from beffroi.personnes.organismes.services.roles import habiliter

__all__ = [
    "Accueil",
    "Coordonnees",
    "accorder_ce_qui_attendait",
    "accueillir_agent",
    "accueillir_en_nombre",
    "annuler_l_attente",
    "creer_organisme",
    "decrire_l_organisme",
    "exiger_un_autre_administrateur",
    "fermer_le_compte",
    "fermer_le_compte_d_un_agent",
    "habiliter",
    "installer_l_exploitant",
    "nommer_un_administrateur",
    "oublier_l_attente",
    "ouvrir_organisme",
    "regler_la_publication",
    "renvoyer_le_lien",
    "retablir_les_nouvelles_consultations",
    "retirer_habilitation",
    "suspendre_les_nouvelles_consultations",
    "suspendre_les_roles_sans_preuve",
    "terminer",
]

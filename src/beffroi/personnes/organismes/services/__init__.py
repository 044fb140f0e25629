"""Créer un organisme, y donner et y retirer des rôles."""

from beffroi.personnes.organismes.services.accueil import (
    Accueil,
    accueillir_agent,
    accueillir_en_nombre,
    installer_l_exploitant,
    nommer_un_administrateur,
    ouvrir_organisme,
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
    "accueillir_agent",
    "accueillir_en_nombre",
    "creer_organisme",
    "decrire_l_organisme",
    "exiger_un_autre_administrateur",
    "fermer_le_compte",
    "fermer_le_compte_d_un_agent",
    "habiliter",
    "installer_l_exploitant",
    "nommer_un_administrateur",
    "ouvrir_organisme",
    "regler_la_publication",
    "retablir_les_nouvelles_consultations",
    "retirer_habilitation",
    "suspendre_les_nouvelles_consultations",
    "terminer",
]

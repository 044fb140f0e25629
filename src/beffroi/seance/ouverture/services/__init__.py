"""Les actes de l'ouverture : une fonction par acte, une transaction par fonction."""

from beffroi.seance.ouverture.services.cles import (
    confirmer_le_code,
    constater_la_perte_des_cles,
    remettre_sa_part,
    suspendre,
    tourner_les_cles,
)
from beffroi.seance.ouverture.services.cloture import clore, noter_remarque
from beffroi.seance.ouverture.services.code import (
    donner_son_alea,
    engager_les_codes,
    refaire_le_code,
    reveler_les_aleas,
)
from beffroi.seance.ouverture.services.commission import constater_la_commission
from beffroi.seance.ouverture.services.emport import emporter_les_plis
from beffroi.seance.ouverture.services.enveloppes import (
    noter_observation,
    ouvrir_enveloppe_suivante,
)
from beffroi.seance.ouverture.services.hors_delai import decider_hors_delai
from beffroi.seance.ouverture.services.preparation import (
    abandonner,
    declarer_sans_conflit,
    installer,
    lire_le_registre,
    prendre_la_presidence,
    preparer_seance,
    rejoindre,
)
from beffroi.seance.ouverture.services.soumissionnaires import dire_les_soumissionnaires

__all__ = [
    "abandonner",
    "clore",
    "confirmer_le_code",
    "constater_la_commission",
    "constater_la_perte_des_cles",
    "decider_hors_delai",
    "declarer_sans_conflit",
    "dire_les_soumissionnaires",
    "donner_son_alea",
    "emporter_les_plis",
    "engager_les_codes",
    "installer",
    "lire_le_registre",
    "noter_observation",
    "noter_remarque",
    "ouvrir_enveloppe_suivante",
    "prendre_la_presidence",
    "preparer_seance",
    "refaire_le_code",
    "rejoindre",
    "remettre_sa_part",
    "reveler_les_aleas",
    "suspendre",
    "tourner_les_cles",
]

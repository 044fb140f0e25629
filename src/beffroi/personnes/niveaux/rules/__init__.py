"""Ce qui se sait d'une équipe, ce qui la prouve, ce qui se refuse. Des règles pures."""

from beffroi.personnes.niveaux.rules.certificat import (
    ADRESSE_DU_CENTRE,
    SignatureDuDefi,
    certificat_prouve,
)
from beffroi.personnes.niveaux.rules.faits import Faits, Niveau, niveau, phrase
from beffroi.personnes.niveaux.rules.preuves import (
    DUREE_D_UN_CODE,
    DUREE_D_UN_DEFI,
    DUREE_D_UNE_PREUVE,
    ESSAIS_D_UN_CODE,
    RAPPEL_AVANT_LA_FIN,
    peut_demander_une_lettre,
    peut_etablir,
    peut_relever,
    peut_revoquer,
    peut_taper_le_code,
)

__all__ = [
    "ADRESSE_DU_CENTRE",
    "DUREE_D_UNE_PREUVE",
    "DUREE_D_UN_CODE",
    "DUREE_D_UN_DEFI",
    "ESSAIS_D_UN_CODE",
    "RAPPEL_AVANT_LA_FIN",
    "Faits",
    "Niveau",
    "SignatureDuDefi",
    "certificat_prouve",
    "niveau",
    "peut_demander_une_lettre",
    "peut_etablir",
    "peut_relever",
    "peut_revoquer",
    "peut_taper_le_code",
    "phrase",
]

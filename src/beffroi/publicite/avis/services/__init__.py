"""Écrire un avis, le faire paraître, garder la preuve de chaque envoi."""

from beffroi.publicite.avis.services.changements import (
    annuler_un_avis,
    rectifier_un_avis,
    reecrire_un_avis,
)
from beffroi.publicite.avis.services.coordonnees import noter_les_coordonnees
from beffroi.publicite.avis.services.ecriture import (
    VERSION,
    ecrire_un_avis,
    ecrire_un_avis_d_attribution,
)
from beffroi.publicite.avis.services.parutions import (
    confirmer_la_reception,
    constater_la_parution,
    constater_le_refus,
    declarer_l_envoi,
    demander_l_envoi,
    noter_l_envoi,
    preparer_une_parution,
    relancer_l_envoi,
)
from beffroi.publicite.avis.services.verification import (
    demander_la_verification,
    noter_la_verification,
)

__all__ = [
    "VERSION",
    "annuler_un_avis",
    "confirmer_la_reception",
    "constater_la_parution",
    "constater_le_refus",
    "declarer_l_envoi",
    "demander_l_envoi",
    "demander_la_verification",
    "ecrire_un_avis",
    "ecrire_un_avis_d_attribution",
    "noter_l_envoi",
    "noter_la_verification",
    "noter_les_coordonnees",
    "preparer_une_parution",
    "rectifier_un_avis",
    "reecrire_un_avis",
    "relancer_l_envoi",
]

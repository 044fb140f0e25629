"""Les actes de l'annuaire, un sujet par fichier."""

from beffroi.centre.adherents.services.activation import Administrateur, activer
from beffroi.centre.adherents.services.annuaire import (
    Identite,
    creer_adherent,
    decrire,
    detacher,
    faire_succeder,
    rattacher,
    regler_le_rattachement,
)
from beffroi.centre.adherents.services.contacts import Personne, ecrire_contact, retirer_contact
from beffroi.centre.adherents.services.effectifs import Justificatif, declarer_l_effectif, figer

__all__ = [
    "Administrateur",
    "Identite",
    "Justificatif",
    "Personne",
    "activer",
    "creer_adherent",
    "declarer_l_effectif",
    "decrire",
    "detacher",
    "ecrire_contact",
    "faire_succeder",
    "figer",
    "rattacher",
    "regler_le_rattachement",
    "retirer_contact",
]

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
from beffroi.centre.adherents.services.appels import (
    effacer_une_note,
    noter_un_appel,
    regarder_les_achats,
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
    "effacer_une_note",
    "faire_succeder",
    "figer",
    "noter_un_appel",
    "rattacher",
    "regarder_les_achats",
    "regler_le_rattachement",
    "retirer_contact",
]

"""Les actes du dépôt : une fonction, un acte, une transaction."""

from beffroi.reponse.depots.services.annonces import (
    Annonce,
    annoncer_fichiers,
    ouvrir_fichier,
    preparer_les_parties_uniques,
)
from beffroi.reponse.depots.services.brouillons import (
    choisir_les_lots,
    commencer_reponse,
    declarer_le_groupement,
)
from beffroi.reponse.depots.services.contestations import contester, lever_la_contestation
from beffroi.reponse.depots.services.depot import deposer
from beffroi.reponse.depots.services.fichiers import (
    ecarter_fichier,
    preparer_partie,
    recevoir_partie,
    supprimer_fichier,
)
from beffroi.reponse.depots.services.fins import Fin, terminer_fichier, terminer_fichiers
from beffroi.reponse.depots.services.materiel import enregistrer_depot_materiel
from beffroi.reponse.depots.services.place import ceder_un_brouillon
from beffroi.reponse.depots.services.purge import purger_les_essais, purger_un_brouillon
from beffroi.reponse.depots.services.retrait import retirer_pli
from beffroi.reponse.depots.services.soumissionnaires import dire_les_soumissionnaires
from beffroi.reponse.depots.services.suites import noter_les_empreintes

__all__ = [
    "Annonce",
    "Fin",
    "annoncer_fichiers",
    "ceder_un_brouillon",
    "choisir_les_lots",
    "commencer_reponse",
    "contester",
    "declarer_le_groupement",
    "deposer",
    "dire_les_soumissionnaires",
    "ecarter_fichier",
    "enregistrer_depot_materiel",
    "lever_la_contestation",
    "noter_les_empreintes",
    "ouvrir_fichier",
    "preparer_les_parties_uniques",
    "preparer_partie",
    "purger_les_essais",
    "purger_un_brouillon",
    "recevoir_partie",
    "retirer_pli",
    "supprimer_fichier",
    "terminer_fichier",
    "terminer_fichiers",
]

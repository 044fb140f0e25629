"""Les actes sur les données essentielles : un acte, une transaction, une écriture au journal."""

from beffroi.contrat.donnees_essentielles.services.ajouts import (
    ajouter_des_donnees_d_execution,
    ajouter_un_acte_de_sous_traitance,
    ajouter_une_modification,
)
from beffroi.contrat.donnees_essentielles.services.canal import regler_le_canal
from beffroi.contrat.donnees_essentielles.services.imports import (
    apercu,
    appliquer,
    deposer_un_fichier,
)
from beffroi.contrat.donnees_essentielles.services.publication import (
    corriger_la_fiche,
    preparer_la_fiche,
    publier_la_fiche,
    publier_la_preparee,
    retenir,
)

__all__ = [
    "ajouter_des_donnees_d_execution",
    "ajouter_un_acte_de_sous_traitance",
    "ajouter_une_modification",
    "apercu",
    "appliquer",
    "corriger_la_fiche",
    "deposer_un_fichier",
    "preparer_la_fiche",
    "publier_la_fiche",
    "publier_la_preparee",
    "regler_le_canal",
    "retenir",
]

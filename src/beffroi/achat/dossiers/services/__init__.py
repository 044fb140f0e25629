"""Les actes sur un dossier publié."""

from beffroi.achat.dossiers.services.archive import archive_d_avant
from beffroi.achat.dossiers.services.versions import (
    Annonce,
    Fichier,
    defaire_un_changement,
    preparer_un_ajout,
    preparer_un_remplacement,
    preparer_un_retrait,
    publier_une_version,
)

__all__ = [
    "Annonce",
    "Fichier",
    "archive_d_avant",
    "defaire_un_changement",
    "preparer_un_ajout",
    "preparer_un_remplacement",
    "preparer_un_retrait",
    "publier_une_version",
]

"""Tenir l'index : suivre les consultations et les acheteurs, en sortir les closes, le refaire."""

from beffroi.publicite.recherche.services.indexation import (
    indexer,
    sortir,
    sortir_les_closes,
    suivre,
)
from beffroi.publicite.recherche.services.renommage import acheteurs_renommes, suivre_un_renommage
from beffroi.publicite.recherche.services.reprise import refaire

__all__ = [
    "acheteurs_renommes",
    "indexer",
    "refaire",
    "sortir",
    "sortir_les_closes",
    "suivre",
    "suivre_un_renommage",
]

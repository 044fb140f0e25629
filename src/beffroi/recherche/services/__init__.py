"""Tenir l'index : suivre les consultations, en sortir les closes, le refaire."""

from beffroi.recherche.services.indexation import indexer, sortir_les_closes, suivre
from beffroi.recherche.services.reprise import refaire

__all__ = ["indexer", "refaire", "sortir_les_closes", "suivre"]

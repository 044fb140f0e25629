"""Rondes : alléger le petit index, et remplir un index vide. Aucune réponse n'en dépend : ouverte est un fait de dates."""

from datetime import datetime

from beffroi.consultations import queries as consultations
from beffroi.recherche import services
from beffroi.recherche.models import FicheIndexee


def sortir_les_closes(le: datetime) -> None:
    services.sortir_les_closes(le=le)


def remplir_l_index_vide(le: datetime) -> None:
    """Une plateforme mise à jour a des consultations et pas encore d'index."""
    if not FicheIndexee.objects.exists() and consultations.publiques(le).exists():
        services.refaire(le=le)

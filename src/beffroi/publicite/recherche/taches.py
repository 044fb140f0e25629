"""Rondes : alléger le petit index, remplir un index vide, suivre les acheteurs renommés.

Aucune réponse n'en dépend : ouverte est un fait de dates.
"""

from datetime import datetime

from beffroi.achat.consultations import queries as consultations
from beffroi.publicite.recherche import services
from beffroi.publicite.recherche.models import FicheIndexee


def sortir_les_closes(le: datetime) -> None:
    services.sortir_les_closes(le=le)


def remplir_l_index_vide(le: datetime) -> None:
    """Une plateforme mise à jour a des consultations et pas encore d'index."""
    if not FicheIndexee.objects.exists() and consultations.publiques(le).exists():
        services.refaire(le=le)


def suivre_les_renommages(le: datetime) -> None:
    """Un organisme renommé l'est aussi dans l'index,
    à la ronde qui suit, d'où que vienne son nouveau nom.
    """
    for acheteur, organisme in services.acheteurs_renommes():
        services.suivre_un_renommage(acheteur, organisme, le=le)

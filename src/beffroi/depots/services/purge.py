"""Effacer ce qu'un brouillon échu a laissé."""

from datetime import datetime

from django.db import transaction

from beffroi.depots import queries
from beffroi.depots.models import BrouillonDeReponse
from beffroi.depots.services.fichiers import effacer
from beffroi.socle.pannes import point_de_panne
from beffroi.socle.verrous import verrouiller


@transaction.atomic
def purger_un_brouillon(*, brouillon: BrouillonDeReponse, maintenant: datetime) -> int:
    """Efface les fichiers d'un brouillon échu qu'aucun pli ne contient ; rend leur nombre."""
    brouillon = verrouiller(brouillon)
    if queries.expiration(brouillon) >= maintenant:
        return 0
    fichiers = list(queries.fichiers_sans_pli().filter(brouillon=brouillon))
    for fichier in fichiers:
        effacer(fichier)
    point_de_panne("purge.avant_validation")
    transaction.on_commit(lambda: point_de_panne("purge.apres_validation"))
    return len(fichiers)

"""Refaire l'index depuis les consultations publiées, dans l'ordre de leur publication."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from beffroi.achat.consultations import queries as consultations
from beffroi.publicite.recherche import schema
from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee, MotConnu
from beffroi.publicite.recherche.services.indexation import indexer


@transaction.atomic
def refaire(*, le: datetime, avancement: Callable[[int], None] = lambda faites: None) -> int:
    """Efface la copie et la recompose ; les lecteurs voient l'ancienne jusqu'à la fin."""
    schema.poser(connection)
    FicheIndexee.objects.all().delete()
    AcheteurIndexe.objects.all().delete()
    MotConnu.objects.all().delete()
    faites = 0
    for consultation in (
        consultations.publiques(le).order_by("publiee_le", "pk").iterator(chunk_size=500)
    ):
        indexer(consultation, le=le)
        faites += 1
        avancement(faites)
    return faites

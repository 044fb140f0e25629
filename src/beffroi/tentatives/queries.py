"""La frise d'une tentative : ce que la page a rapporté, dans l'ordre où le serveur l'a reçu."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from beffroi.depots.models import BrouillonDeReponse
from beffroi.tentatives.models import Trace


def traces_de(reponse: str) -> QuerySet[Trace]:
    return Trace.objects.filter(reponse=reponse).select_related("releve")


def traces_entre(consultation: str, debut: datetime, fin: datetime) -> QuerySet[Trace]:
    """Toutes les traces d'une consultation dans une fenêtre, bornes comprises."""
    return Trace.objects.filter(consultation=consultation, le__gte=debut, le__lte=fin).select_related("releve")


def consultations_de(reponses: Collection[str]) -> dict[str, str]:
    """La consultation de chaque réponse que la base connaît encore."""
    lues = BrouillonDeReponse.objects.filter(reference__in=reponses)
    return dict(lues.values_list("reference", "consultation__reference"))

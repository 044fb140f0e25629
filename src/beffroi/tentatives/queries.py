"""La frise d'une tentative : ce que la page a rapporté, dans l'ordre où le serveur l'a reçu."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.depots.models import BrouillonDeReponse
from beffroi.entreprises.models import Membre
from beffroi.tentatives.models import Trace


def traces_de(brouillon: BrouillonDeReponse) -> QuerySet[Trace]:
    """Celles de cette réponse ; et, avant qu'elle existe, ce que les siens ont vu en voulant la commencer."""
    siens = Membre.objects.filter(etablissement=brouillon.etablissement_id)
    siens = siens.exclude(confirme_le=None) | siens.filter(utilisateur=brouillon.commence_par_id)
    avant = Q(reponse="", consultation=brouillon.consultation.reference)
    avant &= Q(personne__in=siens.values("utilisateur__reference"))
    return Trace.objects.filter(Q(reponse=brouillon.reference) | avant).select_related("releve")


def traces_entre(consultation: str, debut: datetime, fin: datetime) -> QuerySet[Trace]:
    """Toutes les traces d'une consultation dans une fenêtre, bornes comprises."""
    return Trace.objects.filter(consultation=consultation, le__gte=debut, le__lte=fin).select_related("releve")


def consultations_de(reponses: Collection[str]) -> dict[str, str]:
    """La consultation de chaque réponse que la base connaît encore."""
    lues = BrouillonDeReponse.objects.filter(reference__in=reponses)
    return dict(lues.values_list("reference", "consultation__reference"))

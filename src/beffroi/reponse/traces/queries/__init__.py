"""La frise d'une tentative : ce que la page a rapporté, dans l'ordre où le serveur l'a reçu."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from beffroi.personnes.entreprises.models import Membre
from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.traces.models import Nature, Trace


def traces_de(brouillon: BrouillonDeReponse, *, au: datetime | None = None) -> QuerySet[Trace]:
    """Celles de cette réponse ;
    et, avant qu'elle existe, ce que les siens ont vu en voulant la commencer.

    `au` : celles qu'un relevé avait déjà portées au registre à cette heure.
    """
    siens = Membre.objects.filter(equipe=brouillon.equipe_id)
    avant = Q(reponse="", consultation=brouillon.consultation.reference)
    avant &= Q(personne__in=siens.values("utilisateur__reference"))
    connues = Trace.objects.filter(Q(reponse=brouillon.reference) | avant).select_related("releve")
    return connues if au is None else connues.filter(releve__releve_le__lte=au)


def traces_de_la_consultation(reference: str, *, au: datetime) -> QuerySet[Trace]:
    """Toutes celles qu'un relevé avait portées au registre à cette heure."""
    return Trace.objects.filter(consultation=reference, releve__releve_le__lte=au)


def traces_entre(consultation: str, debut: datetime, fin: datetime) -> QuerySet[Trace]:
    """Toutes les traces d'une consultation dans une fenêtre, bornes comprises."""
    return Trace.objects.filter(
        consultation=consultation, le__gte=debut, le__lte=fin
    ).select_related("releve")


def consultations_de(reponses: Collection[str]) -> dict[str, str]:
    """La consultation de chaque réponse que la base connaît encore."""
    lues = BrouillonDeReponse.objects.filter(reference__in=reponses)
    return dict(lues.values_list("reference", "consultation__reference"))


def sans_redite(traces: Iterable[Trace]) -> Iterator[Trace]:
    """Dans leur ordre : chaque processus les note,
    seules restent celles qui diffèrent des précédentes.
    """
    dernieres: dict[str, Any] | None = None
    for trace in traces:
        if trace.nature == Nature.LIMITES:
            if trace.details == dernieres:
                continue
            dernieres = trace.details
        yield trace

"""« À faire » et les questions : répondre à tous, tant que la réponse sert encore."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.publicite.questions import queries
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def questions_a_repondre(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par consultation ;
    elle presse quand le dernier jour pour répondre est à moins de deux jours.
    """
    par_consultation: dict[int, int] = {}
    concernees = {consultation.pk: consultation for consultation in consultations}
    for question in queries.ou_repondre(list(concernees)):
        par_consultation[question] = par_consultation.get(question, 0) + 1
    for cle, nombre in par_consultation.items():
        consultation = concernees[cle]
        avant = datetime.combine(queries.a_repondre_avant(consultation), time(23, 59), dates.PARIS)
        yield AFaire(
            titre="Répondre à une question" if nombre == 1 else f"Répondre à {nombre} questions",
            detail=consultation.titre,
            url=f"/consultations/{consultation.reference}/questions/gerer/",
            geste="Répondre",
            quand=f"Avant le {dates.jour(avant)}",
            presse=(avant - le).days < 2,
            echeance=avant,
        )


def recues(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.ou_repondre([une.pk for une in consultations])]

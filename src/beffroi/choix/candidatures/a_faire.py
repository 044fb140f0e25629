"""« À faire » et les candidatures : le délai pour compléter est passé, il reste à décider."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures.queries import (
    complements_echus_a_decider,
    complements_en_retard,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def candidatures_a_reprendre(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par consultation, du jour où le délai demandé finit."""
    concernees = {consultation.pk: consultation for consultation in consultations}
    for cle, avant in complements_echus_a_decider(concernees, le=le).items():
        consultation = concernees[cle]
        yield AFaire(
            titre="Décider des candidatures à compléter",
            detail=f"{consultation.titre}, {consultation.reference}",
            url=f"/consultations/{consultation.reference}/candidatures/",
            geste="Décider",
            quand=f"Le délai pour répondre a fini le {dates.jour_et_heure_limite(avant)}",
            presse=False,
            echeance=avant,
        )


def complements(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [complements_en_retard([une.pk for une in consultations], le)]

"""« À faire » et les apports : ce que des collectivités ont renvoyé, à vérifier."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.apports.queries import en_attente
from beffroi.centre.conventions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def apports_a_examiner(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Ce que des collectivités ont renvoyé, et que personne n'a encore regardé."""
    if not _les_tiennent(habilitations):
        return
    for apport in en_attente():
        yield AFaire(
            titre=(
                "Vérifier "
                f"{'une délibération' if apport.sorte == 'deliberation' else 'un exemplaire signé'}"
            ),
            detail=f"{apport.convention.adherent.nom}.",
            url=f"/cdg/apports/{apport.reference}/",
            geste="Vérifier",
            quand=f"Reçu le {dates.jour(apport.recu_le)}",
            presse=False,
            echeance=apport.recu_le,
        )


def apports(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [en_attente()] if _les_tiennent(habilitations) else []


def _les_tiennent(habilitations: Iterable[Habilitation]) -> bool:
    return any(
        permet(une, "tenir_les_conventions", ACTES) and est_du_centre(une) for une in habilitations
    )

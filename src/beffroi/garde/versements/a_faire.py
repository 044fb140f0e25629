"""« À faire » et les versements : un envoi arrêté, un paquet que le service d'archives refuse."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.garde.versements.permissions import ACTES
from beffroi.garde.versements.queries import a_reprendre, arretes_de
from beffroi.garde.versements.states import Etat
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire


def versements_a_reprendre(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Le service d'archives ne relance personne :
    sans cette ligne, un refus dormirait sur sa page.
    """
    for versement in a_reprendre(_siens(habilitations)):
        refuse = versement.etat == Etat.REFUSE
        yield AFaire(
            titre="Reprendre un versement refusé" if refuse else "Relancer un versement arrêté",
            detail=f"{versement.paquet.consultation.titre}, paquet {versement.paquet.reference}.",
            url=f"/archives/versements/{versement.reference}/",
            geste="Voir ses raisons" if refuse else "Voir pourquoi",
            quand="Dès que possible",
            presse=False,
            echeance=SANS_ECHEANCE,
        )


def versements(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [arretes_de(_siens(habilitations))]


def _siens(habilitations: Iterable[Habilitation]) -> list[Organisme]:
    return [une.organisme for une in habilitations if permet(une, "verser", ACTES)]

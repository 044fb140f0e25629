"""Ce que les pages montrent, prêt à écrire."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from beffroi.garde.restitution import queries
from beffroi.garde.restitution.models import ConsultationReprise, PieceReprise, Reprise, Restitution
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import est_parti
from formats.versement import Etape

Etat = Restitution.Etat
TONS = {
    Etat.DEMANDEE: "cours",
    Etat.ETABLIE: "attention",
    Etat.REFUSEE: "danger",
    Etat.RECUE: "ok",
}


@dataclass(frozen=True)
class Chez:
    """Un organisme, ses archives, ce qui vient d'ailleurs."""

    organisme: Organisme
    restitutions: list[tuple[Restitution, str]]
    reprises: list[Reprise]
    effacees: set[str]

    @property
    def est_parti(self) -> bool:
        return est_parti(self.organisme)

    @property
    def se_prepare(self) -> bool:
        return any(une.etat == Etat.DEMANDEE for une, _ in self.restitutions)


def etat_de(une: Restitution) -> tuple[Restitution, str]:
    return une, TONS[Etat(une.etat)]


def par_organisme(organismes: Iterable[Organisme]) -> list[Chez]:
    siens = list(organismes)
    rendues: dict[int, list[tuple[Restitution, str]]] = defaultdict(list)
    for une in queries.restitutions_des(siens):
        rendues[une.organisme_id].append(etat_de(une))
    reprises: dict[str, list[Reprise]] = defaultdict(list)
    for reprise in queries.reprises().filter(siret__in=[un.siret for un in siens]):
        reprises[reprise.siret].append(reprise)
    effacees = queries.effacees(une for rendue in rendues.values() for une, _ in rendue)
    return [Chez(un, rendues[un.pk], reprises[un.siret], effacees) for un in siens]


def consultation_reprise(consultation: ConsultationReprise) -> dict[str, Any]:
    pieces = list(consultation.pieces.all())
    etapes: list[tuple[str, list[PieceReprise]]] = [
        (etape, [piece for piece in pieces if piece.etape == etape]) for etape in Etape
    ]
    return {
        "consultation": consultation,
        "reprise": consultation.reprise,
        "etapes": [(etape, siennes) for etape, siennes in etapes if siennes],
        "registre": sum(1 for _ in queries.registre(consultation)),
    }

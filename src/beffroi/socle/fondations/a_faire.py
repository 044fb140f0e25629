"""« À faire » : un geste attendu d'une personne,
et les quatre façons dont un contexte peut en trouver.

Chacune est une prise :
elle dit de quoi elle part, et la fonction qu'elle suit quand deux gestes tombent au même instant.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from beffroi.socle.fondations.rangs import Rangee, RangeeSIlYA
from formats.dates import PARIS

# Après toute échéance : ce geste n'attend personne.
SANS_ECHEANCE = datetime.max.replace(tzinfo=UTC)


class AFaire(NamedTuple):
    """Un geste attendu. `presse` est vrai quand il bloque quelqu'un aujourd'hui.

    `echeance` est le jour qu'un texte ou qu'un acte a fixé ;
    l'instant présent, pour ce qui est dû sans date.
    """

    titre: str
    detail: str
    url: str
    geste: str
    quand: str
    presse: bool
    echeance: datetime


@dataclass(frozen=True)
class GesteAttendu:
    """Un geste, sa page, et son jour s'il en a un : celui où il est dû, ou depuis lequel il attend.

    Une échéance se compte en jours ; « À faire », en instants.
    """

    titre: str
    detail: str
    page: str
    geste: str
    quand: str
    jour: date | None = None
    presse: bool = False

    def a_faire(self, *, le: datetime) -> AFaire:
        """Au milieu de son jour ; sans jour, maintenant (`le`)."""
        return AFaire(
            titre=self.titre,
            detail=self.detail,
            url=self.page,
            geste=self.geste,
            quand=self.quand,
            presse=self.presse,
            echeance=datetime.combine(self.jour, time(12), PARIS) if self.jour else le,
        )


Gestes = Callable[..., Iterable[AFaire]]
# Un acte, et la table qui dit les rôles qui le permettent : `("repondre", ACTES)`.
Permis = tuple[str, Mapping[str, frozenset[Any]]]


@dataclass(frozen=True)
class DeLaPersonne(RangeeSIlYA[Gestes]):
    """Ce qui attend quelqu'un en personne : `(personne, *, le)`."""


@dataclass(frozen=True)
class SelonSesRoles(RangeeSIlYA[Gestes]):
    """Ce que ses rôles lui demandent : `(habilitations, *, le)`."""


@dataclass(frozen=True)
class DUneConsultation(Rangee[Gestes]):
    """Ce qu'une consultation demande par elle-même, sans rien lire d'autre,
    à qui a l'acte chez son organisme : `(consultation, *, personne, le)`.
    """

    permis: Permis


@dataclass(frozen=True)
class DesConsultations(RangeeSIlYA[Gestes]):
    """Ce que demandent ensemble celles où la personne a l'acte, lues d'un trait :
    `(consultations, *, personne, le)`.
    """

    permis: Permis

"""« À faire » : un geste attendu d'une personne,
et les quatre façons dont un contexte peut en trouver.

Chacune est une prise :
elle dit de quoi elle part, et la fonction qu'elle suit quand deux gestes tombent au même instant.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from beffroi.socle.fondations.rangs import Rangee

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


Gestes = Callable[..., Iterable[AFaire]]
# Un acte, et la table qui dit les rôles qui le permettent : `("repondre", ACTES)`.
Permis = tuple[str, Mapping[str, frozenset[Any]]]


@dataclass(frozen=True)
class DeLaPersonne(Rangee[Gestes]):
    """Ce qui attend quelqu'un en personne : `(personne, *, le)`."""


@dataclass(frozen=True)
class SelonSesRoles(Rangee[Gestes]):
    """Ce que ses rôles lui demandent : `(habilitations, *, le)`."""


@dataclass(frozen=True)
class DUneConsultation(Rangee[Gestes]):
    """Ce qu'une consultation demande par elle-même, sans rien lire d'autre,
    à qui a l'acte chez son organisme : `(consultation, *, personne, le)`.
    """

    permis: Permis


@dataclass(frozen=True)
class DesConsultations(Rangee[Gestes]):
    """Ce que demandent ensemble celles où la personne a l'acte, lues d'un trait :
    `(consultations, *, personne, le)`.
    """

    permis: Permis

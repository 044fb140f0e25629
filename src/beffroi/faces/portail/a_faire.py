"""« À faire » : ce qui attend une personne,
tous rôles et toutes consultations ensemble, par échéance légale.

Chaque contexte dit ce qu'il attend d'elle (`fondations.a_faire`) ; le portail rassemble et range.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import de_mes_organismes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.a_faire import (
    AFaire,
    DeLaPersonne,
    DesConsultations,
    DUneConsultation,
    Permis,
    SelonSesRoles,
)
from beffroi.socle.guichet.existence import ont_de_quoi
from beffroi.socle.guichet.lecture import lecture, lu_une_fois

Lue = DeLaPersonne | SelonSesRoles | DesConsultations
Habilitations = Mapping[int, Habilitation]


@dataclass(frozen=True, eq=False)
class Appel:
    """Une liste et ce dont elle part : on ne la lit que s'il y a de quoi."""

    liste: Lue
    de: Any
    reste: Mapping[str, Any]

    def sources(self) -> list[QuerySet[Any]] | None:
        return self.liste.s_il_y_a(self.de, **self.reste)

    def gestes(self) -> Iterable[AFaire]:
        return self.liste.fonction(self.de, **self.reste)


@lecture()
def taches_de(personne: Utilisateur, *, le: datetime) -> list[AFaire]:
    """L'échéance la plus proche d'abord, passée comprise ; à la même, ce qui bloque quelqu'un."""
    habilitations = {une.organisme_id: une for une in habilitations_en_cours(personne, le)}
    siennes = consultations_de(personne, le)
    d_elle = list(de_la_personne(personne, habilitations, le=le))
    ensemble = list(des_consultations_ensemble(personne, siennes, habilitations, le=le))
    ont_de_quoi = qui_ont_de_quoi([*d_elle, *ensemble])
    trouvees = chain(
        *(appel.gestes() for appel in d_elle if appel in ont_de_quoi),
        de_chaque_consultation(personne, siennes, habilitations, le=le),
        *(appel.gestes() for appel in ensemble if appel in ont_de_quoi),
    )
    return sorted(trouvees, key=lambda tache: (tache.echeance, not tache.presse))


@lu_une_fois
def consultations_de(personne: Utilisateur, le: datetime) -> list[Consultation]:
    """Celles de ses organismes, lues une fois pour toute la page."""
    return list(de_mes_organismes(personne, le).select_related("organisme", "cle_offre"))


@cache
def listes() -> list[Lue | DUneConsultation]:
    return prises.rangees(lambda un: un.a_faire)


def qui_ont_de_quoi(appels: list[Appel]) -> list[Appel]:
    """Une seule question à la base pour toutes les listes ; qui ne dit pas d'où il part se lit."""
    trouvent = ont_de_quoi([appel.sources() for appel in appels])
    return [appel for appel, trouve in zip(appels, trouvent, strict=True) if trouve]


def de_la_personne(
    personne: Utilisateur, habilitations: Habilitations, *, le: datetime
) -> Iterator[Appel]:
    for liste in listes():
        match liste:
            case DeLaPersonne():
                yield Appel(liste, personne, {"le": le})
            case SelonSesRoles():
                yield Appel(liste, habilitations.values(), {"le": le})


def de_chaque_consultation(
    personne: Utilisateur,
    siennes: list[Consultation],
    habilitations: Habilitations,
    *,
    le: datetime,
) -> Iterator[AFaire]:
    """On ne demande rien à qui n'a pas le rôle : une élue qui ouvre ne rédige pas."""
    unes = [
        (liste, ou_elle_a_l_acte(habilitations, liste.permis))
        for liste in listes()
        if isinstance(liste, DUneConsultation)
    ]
    for consultation in siennes:
        for liste, organismes in unes:
            if consultation.organisme_id in organismes:
                yield from liste.fonction(consultation, personne=personne, le=le)


def des_consultations_ensemble(
    personne: Utilisateur,
    siennes: list[Consultation],
    habilitations: Habilitations,
    *,
    le: datetime,
) -> Iterator[Appel]:
    for liste in listes():
        if isinstance(liste, DesConsultations):
            organismes = ou_elle_a_l_acte(habilitations, liste.permis)
            concernees = [une for une in siennes if une.organisme_id in organismes]
            if concernees:
                yield Appel(liste, concernees, {"personne": personne, "le": le})


def ou_elle_a_l_acte(habilitations: Habilitations, permis: Permis) -> frozenset[int]:
    """Les organismes où l'un de ses rôles permet l'acte : il se juge une fois, non par
    consultation.
    """
    acte, table = permis
    return frozenset(pk for pk, une in habilitations.items() if permet(une, acte, table))

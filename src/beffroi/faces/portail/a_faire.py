"""« À faire » : ce qui attend une personne,
tous rôles et toutes consultations ensemble, par échéance légale.

Chaque contexte dit ce qu'il attend d'elle (`fondations.a_faire`) ; le portail rassemble et range.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache

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

Habilitations = Mapping[int, Habilitation]


def taches_de(personne: Utilisateur, *, le: datetime) -> list[AFaire]:
    """L'échéance la plus proche d'abord, passée comprise ; à la même, ce qui bloque quelqu'un."""
    habilitations = {une.organisme_id: une for une in habilitations_en_cours(personne, le)}
    siennes = list(de_mes_organismes(personne, le).select_related("organisme", "cle_offre"))
    trouvees = [
        *de_la_personne(personne, habilitations, le=le),
        *de_chaque_consultation(personne, siennes, habilitations, le=le),
        *des_consultations_ensemble(personne, siennes, habilitations, le=le),
    ]
    return sorted(trouvees, key=lambda tache: (tache.echeance, not tache.presse))


@cache
def listes() -> list[DeLaPersonne | SelonSesRoles | DUneConsultation | DesConsultations]:
    return prises.rangees(lambda un: un.a_faire)


def de_la_personne(
    personne: Utilisateur, habilitations: Habilitations, *, le: datetime
) -> Iterator[AFaire]:
    for liste in listes():
        match liste:
            case DeLaPersonne():
                yield from liste.fonction(personne, le=le)
            case SelonSesRoles():
                yield from liste.fonction(habilitations.values(), le=le)


def de_chaque_consultation(
    personne: Utilisateur,
    siennes: list[Consultation],
    habilitations: Habilitations,
    *,
    le: datetime,
) -> Iterator[AFaire]:
    """On ne demande rien à qui n'a pas le rôle : une élue qui ouvre ne rédige pas."""
    unes = [liste for liste in listes() if isinstance(liste, DUneConsultation)]
    for consultation in siennes:
        for liste in unes:
            if a_l_acte(habilitations, consultation, liste.permis):
                yield from liste.fonction(consultation, personne=personne, le=le)


def des_consultations_ensemble(
    personne: Utilisateur,
    siennes: list[Consultation],
    habilitations: Habilitations,
    *,
    le: datetime,
) -> Iterator[AFaire]:
    for liste in listes():
        if isinstance(liste, DesConsultations):
            concernees = [une for une in siennes if a_l_acte(habilitations, une, liste.permis)]
            yield from liste.fonction(concernees, personne=personne, le=le)


def a_l_acte(habilitations: Habilitations, consultation: Consultation, permis: Permis) -> bool:
    acte, table = permis
    return permet(habilitations[consultation.organisme_id], acte, table)

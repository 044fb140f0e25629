"""Les faits d'une consultation qui font courir les durées :
ses contrats, ses renonciations, ce qui la gèle.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import lots_lus
from beffroi.choix.attribution.models import Attribution
from beffroi.contrat.marches.models import Marche
from beffroi.garde.archives.models import Gel
from beffroi.garde.archives.rules import Contrat, Dossier, Fait
from beffroi.socle.guichet.lecture import lecture, lu_une_fois, voisines
from droit.calendrier.heures import PARIS

# La réponse que la décision porte, puis celles des autres titulaires.
RETENUS = ("pli__reference", "autres__pli__reference")
SUITES = ("remplacante", "remplacee")


def derniere_limite(consultation: Consultation) -> datetime | None:
    """L'heure à partir de laquelle aucune réponse n'est plus fermée :
    celle du dernier tour, ou de la consultation.
    """
    limites = [
        consultation.date_limite_remise,
        *consultation.tours.values_list("date_limite", flat=True),
    ]
    return max((limite for limite in limites if limite), default=None)


@lu_une_fois
def dossier_de(consultation: Consultation) -> Dossier:
    return dossiers_de([consultation])[consultation.pk]


@lecture()
def dossiers_de(consultations: Sequence[Consultation]) -> dict[int, Dossier]:
    """Par la clé de la consultation, en un nombre de lectures qui ne dépend pas du leur."""
    voisines(consultations)
    gels: dict[int, list[str]] = defaultdict(list)
    for gel in Gel.objects.filter(consultation__in=consultations, leve_le=None):
        gels[gel.consultation_id].append(gel.motif)
    marches: dict[int, list[Marche]] = defaultdict(list)
    conclus = Marche.toutes.filter(consultation__in=consultations)
    for marche in conclus.exclude(etat=Marche.Etat.ABANDONNE).select_related("pli", "lot"):
        if marche.consultation_id:
            marches[marche.consultation_id].append(marche)
    decisions = decisions_prises(consultations)
    retenus, renonces = plis_retenus(decisions), renonciations_de(decisions)
    return {
        une.pk: _dossier(
            une,
            gels=gels[une.pk],
            marches=marches[une.pk],
            retenus=retenus.get(une.pk, {}),
            renonces=renonces.get(une.pk, {}),
        )
        for une in consultations
    }


def _dossier(
    consultation: Consultation,
    *,
    gels: Sequence[str],
    marches: Sequence[Marche],
    retenus: Mapping[int | None, frozenset[str]],
    renonces: Mapping[int | None, datetime],
) -> Dossier:
    contrats = [contrat_de(marche, retenus) for marche in marches]
    # Un lot dont on ne sait encore rien n'a ni signature ni renonciation :
    # tant qu'il attend, toute la procédure attend.
    connus = {*(marche.lot.numero if marche.lot else None for marche in marches), *renonces}
    attendus = (
        []
        if consultation.sans_suite_le
        else [lot for lot in lots_de(consultation) if lot not in connus]
    )
    contrats += [Contrat(reference="", prestation=consultation.nature) for _ in attendus]
    jours = [consultation.sans_suite_le] if consultation.sans_suite_le else list(renonces.values())
    return Dossier(
        contrats=tuple(contrats),
        renonciations=tuple(jour.astimezone(PARIS).date() for jour in jours),
        gels=tuple(gels),
    )


def contrat_de(marche: Marche, retenus: Mapping[int | None, frozenset[str]]) -> Contrat:
    """Ce qui lui est arrivé.

    L'offre de chacun de ses titulaires se garde avec lui, non celle du premier seulement.
    """
    arrives = {
        Fait.SIGNATURE: marche.signe_le,
        Fait.NOTIFICATION: marche.notifie_le,
        Fait.FIN_D_EXECUTION: marche.fini_le,
        Fait.SOLDE: marche.solde_le,
    }
    lot = marche.lot.numero if marche.lot else None
    return Contrat(
        reference=marche.reference,
        prestation=marche.prestation,
        cpv=marche.code_cpv,
        est_une_concession=marche.est_une_concession,
        plis=frozenset([marche.pli.reference] if marche.pli else []).union(retenus.get(lot, ())),
        faits={fait: jour for fait, jour in arrives.items() if jour},
    )


def lots_de(consultation: Consultation) -> list[int | None]:
    """Les numéros des lots ; rien que `None` pour un achat qui n'en a pas."""
    return [lot.numero for lot in lots_lus(consultation)] or [None]


@dataclass(frozen=True)
class Prise:
    """Une décision d'attribution : ce qu'elle retient, et ce qui l'a remplacée depuis."""

    consultation: int
    lot: int | None
    sorte: str
    le: datetime
    plis: frozenset[str]
    remplacante: bool
    remplacee: bool


def decisions_prises(consultations: Sequence[Consultation]) -> list[Prise]:
    """Lues d'un trait, avec la référence de chaque réponse retenue ;
    un accord-cadre peut en avoir plusieurs.
    """
    suivantes = Attribution.objects.filter(remplace=OuterRef("pk"))
    decidees = Attribution.objects.filter(consultation__in=consultations, decidee_le__isnull=False)
    lignes = decidees.annotate(
        remplacante=Exists(suivantes),
        remplacee=Exists(suivantes.filter(decidee_le__isnull=False)),
    ).values("pk", "consultation", "lot", "sorte", "decidee_le", "montant", *RETENUS, *SUITES)
    plis: dict[int, set[str]] = defaultdict(set)
    for ligne in lignes:
        if ligne["montant"] is not None:
            plis[ligne["pk"]] |= {ligne[nom] for nom in RETENUS if ligne[nom]}
    return [
        Prise(
            consultation=une["consultation"],
            lot=une["lot"],
            sorte=une["sorte"],
            le=une["decidee_le"],
            plis=frozenset(plis[une["pk"]]),
            remplacante=une["remplacante"],
            remplacee=une["remplacee"],
        )
        for une in lignes
    ]


def plis_retenus(decisions: Iterable[Prise]) -> dict[int, dict[int | None, frozenset[str]]]:
    """Par consultation et par lot, les réponses que la décision en vigueur retient."""
    retenus: dict[int, dict[int | None, frozenset[str]]] = defaultdict(dict)
    for une in decisions:
        if une.plis and not une.remplacee:
            retenus[une.consultation][une.lot] = une.plis
    return retenus


def renonciations_de(decisions: Iterable[Prise]) -> dict[int, dict[int | None, datetime]]:
    """Par consultation et par lot, la décision en vigueur de ne pas l'attribuer."""
    renonces: dict[int, dict[int | None, datetime]] = defaultdict(dict)
    for une in decisions:
        if une.sorte != Attribution.Sorte.ATTRIBUEE and not une.remplacante:
            renonces[une.consultation][une.lot] = une.le
    return renonces

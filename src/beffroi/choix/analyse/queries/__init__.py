"""Ce que l'analyse rend :
la consultation et son lot pour un acte, ce que la séance a ouvert, et le classement.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.achat.consultations.queries import publiee
from beffroi.choix.analyse.cotation import coter
from beffroi.choix.analyse.models import Evaluateur, Offre
from beffroi.choix.analyse.permissions import ACTES
from beffroi.choix.analyse.queries.lecture import (
    Analyse,
    LotAAnalyser,
    analyse_de,
    analyses_de,
    rapports_valides,
)
from beffroi.choix.candidatures.queries import offres_ouvertes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.seance.ouverture.ports import exiger_hors_du_jury
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete


@dataclass(frozen=True)
class NoteSurCritere:
    """Ce qu'un critère donne à une offre : des points sur son poids ;
    sur l'échelle de la grille s'il n'a que son rang.
    """

    critere: str
    poids: Decimal | None
    note: Decimal | None
    commentaire: str


@dataclass(frozen=True)
class OffreClassee:
    """Une offre à sa place. Sans rang : éliminée (et pourquoi), ou pas encore toute notée."""

    pli: Pli
    lot: int | None
    variante: int
    rang: int | None
    ex_aequo: bool
    note: Decimal | None
    montant: Decimal | None
    elimination: str
    motif: str
    notes: tuple[NoteSurCritere, ...]


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte de l'analyse : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    exiger_hors_du_jury(utilisateur, consultation)
    return consultation


def lot_de(consultation: Consultation, numero: int) -> Lot | None:
    """Le lot de ce numéro ; zéro, quand l'achat n'en a pas."""
    prefetch_related_objects([consultation], "lots")
    lots = {lot.numero: lot for lot in consultation.lots.all()}
    if numero in lots:
        return lots[numero]
    if lots or numero:
        raise Introuvable()
    return None


def ouvertures_d_offres(consultation: Consultation, lot: int | None) -> list[OuverturePli]:
    """Les offres de ce lot qu'une séance close a ouvertes. Avant la clôture, rien n'en sort."""
    return [ouverte for ouverte in offres_ouvertes(consultation) if ouverte.enveloppe.lot == lot]


def sont_ouvertes(consultation: Consultation, lot: int | None) -> bool:
    return bool(ouvertures_d_offres(consultation, lot))


def lots_ouverts(consultation: Consultation) -> set[int | None]:
    """Ceux dont une séance close a ouvert une offre."""
    return {ouverte.enveloppe.lot for ouverte in offres_ouvertes(consultation)}


def lots_valides(consultation: Consultation) -> set[int | None]:
    """Ceux dont le rapport d'analyse vaut encore."""
    return set(rapports_valides(consultation))


def evaluateur_de(consultation: Consultation, utilisateur: Utilisateur) -> Evaluateur | None:
    """La charge en cours de cette personne, si elle en a une."""
    return Evaluateur.objects.filter(
        consultation=consultation, utilisateur=utilisateur, retire_le=None
    ).first()


def classement_de(consultation: Consultation, lot: int | None) -> tuple[OffreClassee, ...]:
    """Les offres d'un lot, de la première à la dernière, puis celles qui n'ont pas de rang :
    à noter encore, ou éliminées.
    """
    return classer(analyse_de(consultation, lot))


def classer(analyse: Analyse) -> tuple[OffreClassee, ...]:
    cotees = coter(analyse)
    classees = [
        OffreClassee(
            pli=ligne.offre.pli,
            lot=ligne.offre.lot,
            variante=ligne.offre.variante,
            rang=cote.rang,
            ex_aequo=cote.ex_aequo,
            note=cote.note,
            montant=ligne.montant_classe,
            elimination=ligne.elimination,
            motif=ligne.motif,
            notes=tuple(
                NoteSurCritere(
                    critere.nom,
                    critere.poids,
                    cote.points[critere.cle],
                    cote.commentaires[critere.cle],
                )
                for critere in analyse.criteres
            ),
        )
        for ligne, cote in zip(analyse.offres, cotees, strict=True)
    ]
    return tuple(sorted(classees, key=_place))


def _place(offre: OffreClassee) -> tuple[bool, bool, int, datetime, int]:
    """Les classées, les offres à noter, puis les éliminées ;
    à égalité, dans l'ordre de leur arrivée.
    """
    return (
        bool(offre.elimination),
        offre.rang is None,
        offre.rang or 0,
        offre.pli.recu_le,
        offre.variante,
    )


@dataclass(frozen=True)
class NotesAttendues:
    """Une consultation où cette personne est nommée et n'a pas fini ; `declaree` :
    elle s'est dite sans conflit.
    """

    consultation: Consultation
    declaree: bool


def notes_attendues_de(personne: Utilisateur) -> list[NotesAttendues]:
    """Les consultations dont l'analyse attend cette personne."""
    charges = list(charges_de(personne))
    commencees = [charge for charge in charges if charge.sans_conflit_le is not None]
    analyses = _analyses_des([charge.consultation for charge in commencees])
    return [
        NotesAttendues(charge.consultation, charge.sans_conflit_le is not None)
        for charge in charges
        if charge.sans_conflit_le is None
        or _reste_a_noter(charge, analyses[charge.consultation_id])
    ]


def _analyses_des(consultations: Sequence[Consultation]) -> dict[int, list[Analyse]]:
    """Celles de chaque lot où une offre est inscrite."""
    par_cle = {une.pk: une for une in consultations}
    inscrits = Offre.objects.filter(consultation__in=consultations).order_by("lot")
    lots = inscrits.values_list("consultation", "lot").distinct()
    analyses: dict[int, list[Analyse]] = defaultdict(list)
    for analyse in analyses_de([LotAAnalyser(par_cle[cle], lot) for cle, lot in lots]):
        analyses[analyse.consultation.pk].append(analyse)
    return analyses


@prete
def charges_de(personne: Utilisateur) -> QuerySet[Evaluateur]:
    """Où elle est nommée, tant que le choix n'est pas fait."""
    return Evaluateur.objects.filter(
        utilisateur=personne, retire_le=None, consultation__etat=Consultation.Etat.DEPOUILLEE
    ).select_related("consultation__organisme")


def _reste_a_noter(charge: Evaluateur, analyses: Iterable[Analyse]) -> bool:
    return any(
        charge.pk not in ligne.notes.get(case.cle, {})
        for analyse in analyses
        if analyse.rapport is None
        for ligne in analyse.en_course
        for case in analyse.cases_a_noter
    )

"""Ce qu'un adhérent lit de ses impayés : les siens, et rien de ceux des autres."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.impayes import ecrans, lettres, queries
from beffroi.centre.impayes.models import Defaut, LettreDImpaye, SuspensionDImpaye
from beffroi.centre.impayes.states import EN_COURS
from beffroi.centre.recettes.lecture import a_payer
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from formats.dates import PARIS


@dataclass(frozen=True)
class Du:
    """Une contribution en retard, telle que l'adhérent la lit."""

    ligne: ecrans.Ligne
    appel: str
    lettres: list[LettreDImpaye]
    suspensions: list[SuspensionDImpaye]
    est_contestable: bool

    @property
    def reference(self) -> str:
        return self.ligne.contribution.reference


def page(organisme: Organisme, *, le: datetime) -> dict[str, Any]:
    jour = le.astimezone(PARIS).date()
    siennes = [
        ligne
        for ligne in ecrans.lignes(le=jour)
        if ligne.contribution.adherent.organisme_id == organisme.pk
    ]
    return {
        "organisme": organisme,
        "dus": [_du(ligne) for ligne in siennes],
        "regles": list(
            queries.clos().filter(
                etat=Defaut.Etat.REGLEE, contribution__adherent__organisme=organisme
            )[:5]
        ),
        "telephone": lettres.telephone(),
        "cause": organisme.suspensions.get("impaye", ""),
    }


def _du(ligne: ecrans.Ligne) -> Du:
    contestations = list(ligne.contribution.suspensions.all())
    deja = any(une.origine == SuspensionDImpaye.Origine.ADHERENT for une in contestations)
    return Du(
        ligne,
        numero_d_appel(ligne.contribution),
        list(ligne.defaut.lettres.select_related("pdf", "odt")) if ligne.defaut else [],
        contestations,
        est_contestable=not deja and ligne.arret is None,
    )


def a_contester(organisme: Organisme, reference: str) -> Contribution:
    siennes = Contribution.objects.filter(adherent__organisme=organisme, emise_le__isnull=False)
    trouvee = siennes.filter(reference=reference).select_related("exercice", "adherent").first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def piece(organisme: Organisme, reference: str) -> PieceDeConvention:
    """Le PDF ou l'ODT d'une lettre qui lui est adressée ; jamais la preuve, qui reste au centre."""
    for defaut in Defaut.objects.filter(contribution__adherent__organisme=organisme):
        try:
            return queries.piece_d_un_defaut(defaut, reference, avec_la_preuve=False)
        except Introuvable:
            continue
    raise Introuvable()


@prete
def reclames_aux(organismes: Iterable[Organisme | int]) -> QuerySet[Defaut]:
    """Leurs défauts en cours, payés entre-temps ou non."""
    return queries.defauts().filter(
        contribution__adherent__organisme__in=list(organismes), etat__in=EN_COURS
    )


def relances_des(organismes: Iterable[Organisme], *, le: date) -> dict[int | None, list[Defaut]]:
    """Ce qui est réclamé aujourd'hui à chacun : pour « À faire », et sur chaque page."""
    return _relances_des(tuple(sorted(organisme.pk for organisme in organismes)), le)


@lu_une_fois
def _relances_des(organismes: tuple[int, ...], le: date) -> dict[int | None, list[Defaut]]:
    dues = a_payer(Contribution.objects.all(), le=le)
    relances: dict[int | None, list[Defaut]] = defaultdict(list)
    for defaut in reclames_aux(organismes).filter(contribution__in=dues):
        relances[defaut.contribution.adherent.organisme_id].append(defaut)
    return relances

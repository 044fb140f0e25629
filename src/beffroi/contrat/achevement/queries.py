"""Où en est l'achèvement d'une procédure :
chaque lot et son contrat, les avis qui l'annoncent, les versions du rapport.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Prefetch, QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import publiee
from beffroi.choix.attribution.queries import LotAttribue, attributions_de
from beffroi.contrat.achevement.models import (
    AnnonceDAttribution,
    CommunicationDuRapport,
    RapportDePresentation,
)
from beffroi.contrat.achevement.permissions import ACTES
from beffroi.contrat.achevement.rules import attribution as rules
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import de_la_consultation, est_formalise
from beffroi.contrat.marches.rules import dates
from beffroi.contrat.marches.states import CONCLUS, Etat
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries import attributions_ecrites, est_envoye, supports_dus
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.decision import Decision
from droit.en_vigueur import Droit, DroitInconnu
from formats.dates import PARIS


@dataclass(frozen=True)
class LotAcheve:
    """Un lot, son contrat s'il est signé, le délai de son avis, et le dernier avis qui en parle."""

    ligne: LotAttribue
    marche: Marche | None
    exigence: rules.Exigence
    delai: rules.EtatDuDelai
    avis: Avis | None = None

    @property
    def numero(self) -> int:
        """Son numéro dans un avis : un achat sans lots en annonce un."""
        return self.ligne.lot or 1

    @property
    def est_conclu(self) -> bool:
        return self.marche is not None and self.marche.etat in CONCLUS

    @property
    def est_sans_attributaire(self) -> bool:
        attribution = self.ligne.attribution
        return attribution is not None and not attribution.est_attribuee

    @property
    def est_a_annoncer(self) -> bool:
        """Conclu ou abandonné, et aucun avis parti n'en parle."""
        deja = self.avis is not None and est_envoye(self.avis)
        note = self.marche is not None and self.marche.avis_d_attribution_le is not None
        return (self.est_conclu or self.est_sans_attributaire) and not deja and not note

    @property
    def attend(self) -> bool:
        """L'avis est exigé, le contrat signé, et rien n'est parti."""
        return self.exigence.exige and self.est_conclu and self.est_a_annoncer


def consultation_pour(
    personne: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation dont on achève la procédure : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(habilitation_dans(personne, consultation.organisme, le), acte, ACTES)
    return consultation


def habilitation_de(
    personne: Utilisateur, consultation: Consultation, *, le: datetime
) -> Habilitation:
    return habilitation_dans(personne, consultation.organisme, le)


@lu_une_fois
def lots_de(consultation: Consultation, *, le: datetime) -> list[LotAcheve]:
    """Un élément par lot, dans l'ordre des numéros."""
    contrats = {
        marche.lot.numero if marche.lot else None: marche
        for marche in de_la_consultation(consultation)
        if marche.etat != Etat.ABANDONNE
    }
    ecrits = attributions_ecrites(consultation)
    jour = le.astimezone(PARIS).date()
    return [
        _acheve(consultation, ligne, contrats.get(ligne.lot), ecrits, jour=jour)
        for ligne in attributions_de(consultation, le=le)
    ]


def _acheve(
    consultation: Consultation,
    ligne: LotAttribue,
    marche: Marche | None,
    ecrits: list[Avis],
    *,
    jour: date,
) -> LotAcheve:
    exigence = exigence_de(consultation, marche, le=jour)
    siens = [avis for avis in ecrits if (ligne.lot or 1) in avis.lots_dits]
    partis = [avis for avis in siens if est_envoye(avis)]
    dernier = next(reversed(partis or siens), None)
    lot = LotAcheve(ligne, marche, exigence, rules.EtatDuDelai(rules.Delai.SANS_OBJET, "", None))
    envoye_le = marche.avis_d_attribution_le if marche else None
    du = dernier_jour(marche, exigence)
    delai = rules.etat_du_delai(du=du, envoye_le=envoye_le, aujourd_hui=jour)
    return replace(lot, delai=delai, avis=dernier)


def exigence_de(consultation: Consultation, marche: Marche | None, *, le: date) -> rules.Exigence:
    """D'après la procédure, et les supports que l'achat doit à sa valeur."""
    return rules.exigence_de(
        formalise=est_formalise(marche, le=le) if marche else _est_formalisee(consultation, le=le),
        concession=consultation.est_concession,
        subsequent=marche is not None and marche.nature == Marche.Nature.MARCHE_SUBSEQUENT,
        social_au_dessus_du_seuil=est_social_au_dessus_du_seuil(consultation, le=le),
    )


def est_un_reseau(consultation: Consultation) -> bool:
    """L'acheteur achète en entité adjudicatrice (CCP, art. L. 1212-1)."""
    return consultation.type_d_acheteur == Consultation.TypeDAcheteur.ENTITE_ADJUDICATRICE


def est_social_au_dessus_du_seuil(consultation: Consultation, *, le: date) -> bool:
    """Une procédure adaptée qui s'annonce pourtant au JOUE :
    des services sociaux au-dessus de leur seuil (R. 2131-14).
    """
    midi = datetime(le.year, le.month, le.day, 12, tzinfo=PARIS)
    return not _est_formalisee(consultation, le=le) and "JOUE" in supports_dus(
        consultation, le=midi
    )


def _est_formalisee(consultation: Consultation, *, le: date) -> bool:
    if consultation.type_de_procedure == "concession_au_dessus_du_seuil":
        return True
    try:
        return Droit.au(le).procedure(consultation.type_de_procedure).formalisee
    except DroitInconnu:
        return False


def peut_ecrire(
    consultation: Consultation, lots: list[LotAcheve], *, choisis: int, forme: str, le: datetime
) -> Decision:
    """Y a-t-il de quoi écrire un avis de cette forme, maintenant ?"""
    return rules.peut_ecrire(
        conclus=sum(lot.est_conclu for lot in lots),
        sans_attributaire=sum(lot.est_sans_attributaire for lot in lots),
        choisis=choisis,
        forme=forme,
        social_d_un_reseau=est_un_reseau(consultation)
        and est_social_au_dessus_du_seuil(consultation, le=le.astimezone(PARIS).date()),
    )


def dernier_jour(marche: Marche | None, exigence: rules.Exigence) -> date | None:
    """Le dernier jour pour envoyer l'avis de ce contrat ;
    rien s'il n'est pas exigé, ou que rien ne court.
    """
    if marche is None or marche.signe_le is None or not exigence.exige:
        return None
    due = dates.avis_d_attribution(
        signe=marche.signe_le,
        notifie=marche.notifie_le,
        nature=marche.nature,
        formalise=True,
        concession=marche.est_une_concession,
    )
    return due.le if due else None


# ---------------------------------------------------------------- les avis


def complements_deja_dits(consultation: Consultation) -> dict[str, Any]:
    """Ce que la personne a dit de tous les lots, avis après avis ; le dernier l'emporte."""
    annonces = AnnonceDAttribution.objects.filter(avis__consultation=consultation)
    dits: dict[str, Any] = {}
    for annonce in annonces:
        dits |= annonce.complements
    return dits


def contrats_dont_le_delai_court(avis: Avis) -> list[Marche]:
    """Les contrats que cet avis annonce et dont l'envoi n'est pas encore noté."""
    return [
        marche
        for marche in _annonces(avis)
        if marche.avis_d_attribution_le is None
        and _compte_pour(avis, marche, le=avis.ecrit_le.astimezone(PARIS).date())
    ]


def contrats_a_annoncer_de_nouveau(avis: Avis) -> list[Marche]:
    """Plus aucun support n'a l'avis : l'envoi de ces contrats ne compte plus."""
    if est_envoye(Avis.objects.prefetch_related("parutions").get(pk=avis.pk)):
        return []
    return [marche for marche in _annonces(avis) if marche.avis_d_attribution_le is not None]


def _annonces(avis: Avis) -> Iterable[Marche]:
    return Marche.toutes.filter(annonces__annonce__avis=avis).select_related(
        "organisme", "consultation"
    )


def _compte_pour(avis: Avis, marche: Marche, *, le: date) -> bool:
    """Exigé par l'Europe, l'avis l'est sous sa forme ; volontaire, toute forme l'annonce."""
    return (
        avis.forme == Avis.Forme.EUROPEENNE
        or not exigence_de(avis.consultation, marche, le=le).exige
    )


# ---------------------------------------------------------------- le rapport


COMMUNICATIONS = Prefetch(
    "communications", CommunicationDuRapport.objects.select_related("notee_par")
)


@lu_une_fois
def rapports_de(consultation: Consultation) -> list[RapportDePresentation]:
    """De la dernière version à la première, avec ce qui en a été communiqué."""
    rapports = RapportDePresentation.objects.filter(consultation=consultation).order_by("-version")
    return list(rapports.select_related("etabli_par").prefetch_related(COMMUNICATIONS))


@prete
def signes_sans_rapport(consultations: Iterable[int]) -> QuerySet[Marche]:
    """Les contrats signés des consultations où aucun rapport n'est établi."""
    return Marche.toutes.filter(
        consultation__in=list(consultations),
        etat__in=CONCLUS,
        signe_le__isnull=False,
        consultation__rapports_de_presentation=None,
    )


def signees_sans_rapport(consultations: Iterable[Consultation]) -> list[tuple[Consultation, date]]:
    """Celles dont un contrat est signé et dont aucun rapport n'est établi,
    et le jour de la première signature.
    """
    concernees = {consultation.pk: consultation for consultation in consultations}
    return [(concernees[cle], premiere) for cle, premiere in _premieres(list(concernees))]


@prete
def _premieres(consultations: list[int]) -> QuerySet[Marche, tuple[int, date]]:
    signes = signes_sans_rapport(consultations).values_list("consultation_id")
    premieres = signes.annotate(premiere=Min("signe_le"))
    return premieres.order_by("premiere", "consultation_id")


def rapport_pour(consultation: Consultation, reference: str) -> RapportDePresentation:
    rapport = RapportDePresentation.objects.filter(
        consultation=consultation, reference=reference
    ).first()
    if rapport is None:
        raise Introuvable()
    return rapport

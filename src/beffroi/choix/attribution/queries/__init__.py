"""Qui est choisi, à qui on l'a dit, et quand on peut signer :
ce que le contrat en lit, et les écrans.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from beffroi.achat.consultations.models import Consultation, Lot
from beffroi.achat.consultations.queries import publiee
from beffroi.achat.preparation.queries import achat_de, preparation_de, reponses_de
from beffroi.choix.attribution.models import (
    Attribution,
    DemandeDeMotifs,
    Lettre,
    Retenue,
    SuiteDonnee,
)
from beffroi.choix.attribution.permissions import ACTES
from beffroi.choix.attribution.rules import suspension as regles
from beffroi.choix.attribution.rules.suspension import FaitsDeSuspension, Rejet, Suspension
from beffroi.choix.attribution.soumissionnaires import (
    VUES,
    Soumissionnaire,
    intitules_des_lots,
    soumissionnaires_par_lot,
)
from beffroi.choix.echanges.queries import fils_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import OuverturePli
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois, voisines
from droit.calendrier.heures import PARIS
from droit.decision import Decision, Motif


class EtatDuLot(StrEnum):
    """Où en est un lot, de rien de décidé à la fin de l'attente."""

    A_DECIDER = "a_decider"
    PROPOSE = "propose"
    A_NOTIFIER = "a_notifier"
    EN_ATTENTE = "en_attente"
    SIGNABLE = "signable"
    SANS_ATTRIBUTAIRE = "sans_attributaire"


@dataclass(frozen=True)
class LotAttribue:
    """Un lot, la décision qui vaut, et ce qu'elle permet. `suites` :
    ce que les lettres parties en ont dit.

    `signable_le` : le premier jour de signature ;
    vide quand rien n'est à attendre, ou qu'une lettre manque.
    """

    lot: int | None
    intitule: str
    attribution: Attribution | None
    proposition: Attribution | None
    soumissionnaires: list[Soumissionnaire]
    suites: list[SuiteDonnee]
    suspension: Suspension | None = None
    etat: EtatDuLot = EtatDuLot.A_DECIDER

    @property
    def pli(self) -> Pli | None:
        return self.attribution.pli if self.attribution else None

    @property
    def retenues(self) -> list[Retenue]:
        """Plusieurs dans un accord-cadre à plusieurs titulaires, la mieux classée
        d'abord ; une seule ailleurs.
        """
        return self.attribution.retenues if self.attribution else []

    @property
    def noms(self) -> str:
        return self.attribution.noms if self.attribution else ""

    @property
    def montant(self) -> Decimal | None:
        return self.attribution.montant if self.attribution else None

    @property
    def variante(self) -> int:
        return self.attribution.variante if self.attribution else 0

    @property
    def decidee_le(self) -> datetime | None:
        return self.attribution.decidee_le if self.attribution else None

    @property
    def signable_le(self) -> date | None:
        return self.suspension.jour if self.suspension else None

    @property
    def a_prevenir(self) -> list[Soumissionnaire]:
        """Ceux à qui rien n'est parti de cette décision ;
        une candidature déjà rejetée ne l'est pas deux fois.
        """
        prevenus = {suite.pli.equipe_id for suite in self.suites}
        return [
            s
            for s in self.soumissionnaires
            if s.equipe.pk not in prevenus and s.deja_rejetee is None
        ]

    @property
    def notifiee_le(self) -> datetime | None:
        """La dernière lettre partie, quand plus aucune ne manque."""
        parties = [suite.lettre.envoyee_le for suite in self.suites if suite.lettre.envoyee_le]
        return max(parties, default=None) if not self.a_prevenir else None

    @property
    def offres(self) -> list[Soumissionnaire]:
        """Ceux dont l'offre est lue et que rien n'écarte : on choisit parmi eux."""
        return [
            soumissionnaire for soumissionnaire in self.soumissionnaires if soumissionnaire.en_lice
        ]

    @property
    def nom(self) -> str:
        return f"Lot {self.lot}, {self.intitule}" if self.lot else "Tout l'achat"


def consultation_pour(
    utilisateur: Utilisateur, reference: str, acte: str, *, le: datetime
) -> Consultation:
    """La consultation, pour un acte d'attribution : 404 si elle est étrangère, 403 sans le rôle."""
    consultation = publiee(reference)
    exiger_role(habilitation_dans(utilisateur, consultation.organisme, le), acte, ACTES)
    return consultation


def titulaires_annonces(consultation: Consultation, *, le: datetime) -> int | None:
    """Combien de titulaires la consultation annonce au plus ;
    vide quand ses documents ne sont pas nés d'ici.
    """
    if consultation.est_reservee or consultation.est_concession:
        return 1
    preparation = preparation_de(consultation)
    if preparation.pk is None or reponses_de(preparation).montant is None:
        return None
    cadre = achat_de(consultation, le=le).execution.accord_cadre
    return cadre.titulaires_maximum if cadre else 1


def decisions_de(consultation: Consultation) -> QuerySet[Attribution]:
    return _completes(Attribution.objects.filter(consultation=consultation))


def _completes(decisions: QuerySet[Attribution]) -> QuerySet[Attribution]:
    return decisions.select_related(
        "pli__equipe",
        "proposee_par",
        "decidee_par",
        "rendue_par",
        "remplace",
    ).prefetch_related("autres__pli__equipe")


def decidees_ensemble(consultations: Sequence[Consultation]) -> list[Consultation]:
    """Celles dont un lot au moins a une décision, prêtes à dire leurs lots (`attributions_de`)
    d'un nombre fixe de lectures.
    """
    voisines(consultations)
    decidees = [une for une in consultations if _qui_tiennent(une)]
    voisines(decidees)
    return decidees


@prete
def decisions_a_poursuivre(consultations: Iterable[Consultation]) -> QuerySet[Attribution]:
    """Celles qui attendent d'être validées, dont un lot voisin attend la sienne, ou qu'une lettre
    n'a pas dites à tous ceux qu'une séance a vus.
    """
    tenues = Attribution.objects.filter(consultation=OuterRef("consultation"), rendue_le=None)
    lots = Lot.objects.filter(
        ~Exists(tenues.filter(lot=OuterRef("numero"), decidee_le__isnull=False)),
        consultation=OuterRef("consultation"),
    )
    dite = SuiteDonnee.objects.filter(
        attribution=OuterRef(OuterRef("pk")),
        lettre__envoyee_le__isnull=False,
        pli__equipe=OuterRef("pli__equipe"),
    )
    ignorent = OuverturePli.objects.filter(
        ~Exists(dite), seance__consultation=OuterRef("consultation"), etat__in=VUES
    )
    return decisions_en_cours(consultations).filter(
        Q(decidee_le=None) | Exists(lots) | Exists(ignorent)
    )


def decisions_en_cours(consultations: Iterable[Consultation]) -> QuerySet[Attribution]:
    """Proposées ou prises, et que personne n'a rendues."""
    return Attribution.objects.filter(consultation__in=list(consultations), rendue_le=None)


def lettres_de(consultation: Consultation) -> QuerySet[Lettre]:
    lettres = Lettre.objects.filter(consultation=consultation)
    lettres = lettres.select_related("equipe", "relue_par", "envoyee_par", "exemplaire")
    suites = SuiteDonnee.objects.select_related("attribution__pli__equipe", "pli")
    return lettres.prefetch_related(Prefetch("suites", suites))


@lu_une_fois
def attributions_de(consultation: Consultation, *, le: datetime) -> list[LotAttribue]:
    """Un élément par lot, dans l'ordre des numéros ; `le` : à quelle date juger de l'attente."""
    intitules = intitules_des_lots(consultation)
    decisions = _par_lot(_qui_tiennent(consultation))
    dites = _suites_parties(consultation) if decisions else {}
    presents = soumissionnaires_par_lot(consultation, intitules)
    lignes = []
    for lot, intitule in intitules.items():
        decidees = [decision for decision in decisions[lot] if decision.decidee_le]
        attribution = decidees[-1] if decidees else None
        fiche = LotAttribue(
            lot=lot,
            intitule=intitule,
            attribution=attribution,
            proposition=next(
                (decision for decision in decisions[lot] if not decision.decidee_le), None
            ),
            soumissionnaires=presents[lot],
            suites=dites[attribution.pk] if attribution else [],
        )
        lignes.append(_juger(consultation, fiche, le=le))
    return lignes


@lu_ensemble
def _qui_tiennent(consultations: Sequence[Consultation]) -> dict[int, list[Attribution]]:
    """Ses décisions que personne n'a rendues, dans l'ordre où elles sont venues."""
    decisions: dict[int, list[Attribution]] = {une.pk: [] for une in consultations}
    for decision in _tenues(list(decisions)):
        decisions[decision.consultation_id].append(decision)
    return decisions


@prete
def _tenues(consultations: list[int]) -> QuerySet[Attribution]:
    en_cours = Attribution.objects.filter(consultation__in=consultations, rendue_le=None)
    return _completes(en_cours).order_by("rang")


@lu_ensemble
def _suites_parties(
    consultations: Sequence[Consultation],
) -> dict[int, defaultdict[int, list[SuiteDonnee]]]:
    """Ce que les lettres parties ont dit, par décision."""
    dites: dict[int, defaultdict[int, list[SuiteDonnee]]] = {
        une.pk: defaultdict(list) for une in consultations
    }
    for suite in _parties(list(dites)):
        dites[suite.lettre.consultation_id][suite.attribution_id].append(suite)
    return dites


@prete
def _parties(consultations: list[int]) -> QuerySet[SuiteDonnee]:
    parties = SuiteDonnee.objects.filter(
        lettre__consultation__in=consultations, lettre__envoyee_le__isnull=False
    )
    return parties.select_related("lettre", "pli")


def _juger(consultation: Consultation, ligne: LotAttribue, *, le: datetime) -> LotAttribue:
    """L'attente du lot et son état : sans décision, il n'y a rien à attendre."""
    if ligne.attribution is None:
        return replace(ligne, etat=EtatDuLot.PROPOSE if ligne.proposition else EtatDuLot.A_DECIDER)
    if not ligne.attribution.est_attribuee:
        return replace(ligne, etat=EtatDuLot.SANS_ATTRIBUTAIRE)
    jour = le.astimezone(PARIS).date()
    suspension = regles.suspension_de(faits_de_suspension(consultation, ligne), le=jour)
    if ligne.a_prevenir:
        etat = EtatDuLot.A_NOTIFIER
    else:
        etat = (
            EtatDuLot.EN_ATTENTE
            if suspension.jour and jour < suspension.jour
            else EtatDuLot.SIGNABLE
        )
    return replace(ligne, suspension=suspension, etat=etat)


def _par_lot(decisions: Iterable[Attribution]) -> dict[int | None, list[Attribution]]:
    par_lot: dict[int | None, list[Attribution]] = defaultdict(list)
    for decision in decisions:
        par_lot[decision.lot].append(decision)
    return par_lot


def attribution_de(consultation: Consultation, lot: int | None, *, le: datetime) -> LotAttribue:
    """Ce lot ; un lot que la consultation n'a pas répond comme un lot absent."""
    trouve = next(
        (ligne for ligne in attributions_de(consultation, le=le) if ligne.lot == lot), None
    )
    if trouve is None:
        raise Introuvable()
    return trouve


def peut_signer(consultation: Consultation, lot: int | None, *, le: datetime) -> Decision:
    """Le contrat de ce lot peut-il être signé à cet instant ?

    Le refus dit l'article, et le jour.
    """
    ligne = attribution_de(consultation, lot, le=le)
    if ligne.attribution is None or not ligne.attribution.est_attribuee:
        return Decision.refus(Motif("Ce lot n'est attribué à personne : il n'y a rien à signer."))
    if ligne.proposition is not None:
        return Decision.refus(
            Motif(
                "Une autre décision est proposée pour ce lot : validez-la, ou rendez-la, d'abord."
            )
        )
    return regles.peut_signer(faits_de_suspension(consultation, ligne), le=le)


def faits_de_suspension(consultation: Consultation, ligne: LotAttribue) -> FaitsDeSuspension:
    """Chaque rejet avec son jour d'envoi :
    ceux de cette décision, et ceux des candidatures rejetées avant elle.
    """
    choisis = {retenue.pli.equipe_id for retenue in ligne.retenues}
    rejets = [
        Rejet(jour, electronique=suite.lettre.est_electronique)
        for suite in ligne.suites
        if suite.issue == SuiteDonnee.Issue.REJETEE and (jour := suite.lettre.jour_d_envoi)
    ]
    anterieurs = [
        Rejet(s.deja_rejetee.remis_le.astimezone(PARIS).date())
        for s in ligne.soumissionnaires
        if s.deja_rejetee is not None and s.deja_rejetee.remis_le
    ]
    return FaitsDeSuspension(
        procedure=consultation.procedure,
        participants=len(ligne.soumissionnaires),
        retenues=len(choisis),
        a_prevenir=sum(s.equipe.pk not in choisis for s in ligne.a_prevenir),
        rejets=(*rejets, *anterieurs),
    )


# ---------------------------------------------------------------- lettres et demandes


def lettre_pour(consultation: Consultation, reference: str) -> Lettre:
    lettre = lettres_de(consultation).filter(reference=reference).first()
    if lettre is None:
        raise Introuvable()
    return lettre


def lettres_parties(consultation: Consultation, lot: int | None) -> bool:
    """Port `ouverture.LettresParties` : une lettre a dit l'issue de ce lot."""
    return lot in lots_dits(consultation)


@lu_une_fois
def lots_dits(consultation: Consultation) -> frozenset[int | None]:
    """Les lots dont une lettre partie a dit l'issue."""
    return frozenset(_lots_dits(consultation))


@prete
def _lots_dits(consultation: Consultation) -> QuerySet[SuiteDonnee, int | None]:
    parties = SuiteDonnee.objects.filter(
        lettre__consultation=consultation, lettre__envoyee_le__isnull=False
    )
    return parties.order_by().values_list("attribution__lot", flat=True).distinct()


def lettres_a_envoyer(consultation: Consultation) -> QuerySet[Lettre]:
    """La vague en préparation ; il n'y en a qu'une."""
    return lettres_de(consultation).filter(envoyee_le=None)


def lettre_recue(utilisateur: Utilisateur, reference: str) -> Lettre:
    """Une lettre partie par la messagerie, à qui lit le fil où elle est."""
    lettres = Lettre.objects.filter(reference=reference, exemplaire__fil__in=fils_de(utilisateur))
    lettre = lettres.select_related(
        "consultation__organisme",
        "equipe",
        "exemplaire__fil__consultation__organisme",
    ).first()
    if lettre is None:
        raise Introuvable()
    return lettre


def lettres_recues(utilisateur: Utilisateur) -> QuerySet[Lettre]:
    """Les résultats qu'une personne peut lire, le dernier d'abord."""
    lettres = Lettre.objects.filter(exemplaire__fil__in=fils_de(utilisateur))
    return lettres.select_related("consultation__organisme", "exemplaire").order_by(
        "-envoyee_le", "-pk"
    )


def demandes_de(consultation: Consultation) -> QuerySet[DemandeDeMotifs]:
    """Celles qui attendent d'abord, par échéance."""
    demandes = DemandeDeMotifs.objects.filter(lettre__consultation=consultation)
    demandes = demandes.select_related(
        "lettre__equipe", "demandee_par", "notee_par", "repondue_par"
    )
    return demandes.order_by(
        F("repondue_le").asc(nulls_first=True), "repondre_avant", "recue_le", "pk"
    )


def demande_pour(consultation: Consultation, reference: str) -> DemandeDeMotifs:
    demande = demandes_de(consultation).filter(reference=reference).first()
    if demande is None:
        raise Introuvable()
    return demande


@prete
def demandes_en_attente(consultations: Iterable[Consultation]) -> QuerySet[DemandeDeMotifs]:
    attendent = DemandeDeMotifs.objects.filter(
        lettre__consultation__in=consultations, repondue_le=None
    )
    return attendent.select_related("lettre__consultation", "lettre__equipe").order_by(
        "repondre_avant"
    )

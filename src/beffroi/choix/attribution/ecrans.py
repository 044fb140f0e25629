"""Ce que les écrans de l'attribution montrent, prêt à l'emploi."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.choix.attribution import queries
from beffroi.choix.attribution.models import Attribution, DemandeDeMotifs, Lettre, SuiteDonnee
from beffroi.choix.attribution.ports import contrat_notifie_le
from beffroi.choix.attribution.queries import EtatDuLot, LotAttribue
from beffroi.choix.attribution.rules.decisions import RENONCIATIONS, Fondement
from beffroi.choix.attribution.services.lettres import faits_de_l_envoi
from beffroi.choix.commissions import queries as commissions
from droit.calendrier.heures import PARIS
from droit.dates import en_toutes_lettres
from formats import dates
from formats.agenda import Echeance
from formats.pluriels import compter
from formats.sommes import en_euros

Etat = Consultation.Etat


class EtatAffiche(NamedTuple):
    ton: str
    mot: str
    signe: str = ""


ETATS = {
    EtatDuLot.A_DECIDER: EtatAffiche("attention", "À décider", "attente"),
    EtatDuLot.PROPOSE: EtatAffiche("attention", "À valider", "attente"),
    EtatDuLot.A_NOTIFIER: EtatAffiche("attention", "Lettres à envoyer", "attente"),
    EtatDuLot.EN_ATTENTE: EtatAffiche("cours", "En attente avant de signer", "heure"),
    EtatDuLot.SIGNABLE: EtatAffiche("ok", "Peut être signé"),
    EtatDuLot.SANS_ATTRIBUTAIRE: EtatAffiche("gris", "Sans attributaire"),
}


@dataclass(frozen=True)
class LigneDuLot:
    """Un lot, tel que le tableau le montre."""

    lot: LotAttribue
    etat: EtatAffiche
    attente: str
    pourquoi: tuple[str, ...]
    historique: list[Attribution]
    relance: str

    @property
    def numero(self) -> int:
        return self.lot.lot or 0

    @property
    def montant(self) -> str:
        return en_euros(self.lot.montant) if self.lot.montant is not None else ""


def lots(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """Chaque lot, son état, son attente en jours, les décisions d'avant ;
    et les actes qui attendent.
    """
    historique: dict[int | None, list[Attribution]] = defaultdict(list)
    for decision in queries.decisions_de(consultation):
        historique[decision.lot].append(decision)
    lignes = [
        _ligne(lot, historique[lot.lot], le=le)
        for lot in queries.attributions_de(consultation, le=le)
    ]
    projets = queries.lettres_a_envoyer(consultation).count()
    return {
        "lignes": lignes,
        "projets": projets,
        "a_prevenir": not projets
        and any(ligne.lot.attribution and ligne.lot.a_prevenir for ligne in lignes),
        "demandes": queries.demandes_en_attente([consultation]).count(),
        "a_deux": consultation.organisme.publication_a_deux,
        "suspendus": any(ligne.lot.signable_le for ligne in lignes),
    }


def _ligne(lot: LotAttribue, historique: list[Attribution], *, le: datetime) -> LigneDuLot:
    valent = {decision.pk for decision in (lot.attribution, lot.proposition) if decision}
    decision = lot.attribution
    etat = ETATS[lot.etat]
    if lot.etat == EtatDuLot.SANS_ATTRIBUTAIRE and decision:
        etat = EtatAffiche("gris", decision.get_sorte_display(), "croix")
    return LigneDuLot(
        lot=lot,
        etat=etat,
        attente=attente_dite(lot, le=le),
        pourquoi=tuple(str(motif) for motif in lot.suspension.pourquoi) if lot.suspension else (),
        historique=[ancienne for ancienne in historique if ancienne.pk not in valent],
        relance=str(RENONCIATIONS[Fondement(decision.fondement)].suite)
        if decision and decision.fondement
        else "",
    )


def commission(consultation: Consultation, lot: int | None) -> dict[str, Any]:
    """Ce que la commission a choisi de ce lot, si elle l'a fait, et si la loi le demande."""
    return {
        "avis": commissions.avis_de_la_commission(consultation, lot),
        "dispense": commissions.dispense_de(consultation, lot),
        "exigee": commissions.exige_la_commission(consultation),
    }


def attente_dite(lot: LotAttribue, *, le: datetime) -> str:
    """« Signature possible à partir du 26 janvier 2027, dans 8 jours. »"""
    if lot.suspension is None:
        return ""
    if not lot.suspension.exigee:
        return "Aucune attente n'est exigée avant de signer."
    if lot.signable_le is None:
        return "L'attente commencera quand la dernière lettre de rejet sera partie."
    reste = (lot.signable_le - le.astimezone(PARIS).date()).days
    quand = f", dans {compter(reste, 'jour')}" if reste > 0 else ", à 0 h : ce jour est venu"
    return f"Signature possible à partir du {en_toutes_lettres(lot.signable_le)}{quand}."


def echeances(consultation: Consultation, *, le: datetime) -> list[Echeance]:
    """Le premier jour de signature de chaque lot, pour un agenda ;
    une attente qui repart remplace la précédente.
    """
    adresse = settings.ADRESSE_PUBLIQUE.removesuffix("/")
    page = f"{adresse}{reverse('attribution:lots', args=(consultation.reference,))}"
    hote = urlsplit(adresse).hostname
    return [
        Echeance(
            identifiant=f"signature-{consultation.reference}-{lot.lot or 0}@{hote}",
            sequence=lot.attribution.rang if lot.attribution else 0,
            instant=lot.signable_le,
            ecrite_le=lot.notifiee_le or le,
            titre=(
                f"Signature possible : {consultation.titre}{f', lot {lot.lot}' if lot.lot else ''}"
            ),
            texte=(
                f"Consultation {consultation.reference}. Avant ce jour, "
                f"le contrat ne peut pas être signé.\n{page}"
            ),
            adresse=page,
        )
        for lot in queries.attributions_de(consultation, le=le)
        if lot.signable_le
    ]


# ---------------------------------------------------------------- lettres


def lettres(consultation: Consultation, *, le: datetime) -> dict[str, Any]:
    """La vague en préparation, ce qui l'empêche de partir, et celles qui sont parties."""
    toutes = list(queries.lettres_de(consultation))
    projets = [lettre for lettre in toutes if lettre.envoyee_le is None]
    lignes = queries.attributions_de(consultation, le=le)
    faits = faits_de_l_envoi(consultation, projets, lignes)
    return {
        "projets": [(lettre, issue_dite(list(lettre.suites.all()))) for lettre in projets],
        "parties": [
            (lettre, issue_dite(list(lettre.suites.all())))
            for lettre in toutes
            if lettre.envoyee_le
        ],
        "restent": [*faits.non_relues, *faits.sans_jour_d_envoi] if projets else [],
        "a_ecrire": any(ligne.attribution and ligne.a_prevenir for ligne in lignes),
        "attend": any(ligne.suspension and ligne.suspension.exigee for ligne in lignes),
    }


def issue_dite(suites: Sequence[SuiteDonnee]) -> str:
    """« Retenue », ou lot par lot."""
    if len(suites) == 1 and suites[0].attribution.lot is None:
        return suites[0].get_issue_display()
    return ", ".join(
        f"lot {suite.attribution.lot} : {suite.get_issue_display().lower()}" for suite in suites
    )


# ---------------------------------------------------------------- demandes


def demandes(
    consultation: Consultation, *, le: datetime
) -> list[tuple[DemandeDeMotifs, EtatAffiche]]:
    jour = le.astimezone(PARIS).date()
    return [
        (demande, etat_de_la_demande(demande, jour=jour))
        for demande in queries.demandes_de(consultation)
    ]


def etat_de_la_demande(demande: DemandeDeMotifs, *, jour: date) -> EtatAffiche:
    if demande.repondue_le:
        repondue = demande.repondue_le.astimezone(PARIS).date()
        tard = demande.repondre_avant is not None and repondue > demande.repondre_avant
        return (
            EtatAffiche("attention", "Répondue en retard", "heure")
            if tard
            else EtatAffiche("ok", "Répondue")
        )
    if demande.repondre_avant is None:
        return EtatAffiche("attention", "À répondre", "attente")
    reste = (demande.repondre_avant - jour).days
    if reste < 0:
        return EtatAffiche("danger", "Délai dépassé", "stop")
    return EtatAffiche(
        "attention", "Dernier jour" if reste == 0 else f"Reste {compter(reste, 'jour')}", "heure"
    )


# ---------------------------------------------------------------- la page de suivi, « À faire »


def etape(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Une ligne pour la page de suivi, de la première offre lue à la fin de l'attente."""
    if consultation.etat not in (Etat.DEPOUILLEE, Etat.ATTRIBUEE, Etat.SANS_SUITE):
        return None
    lignes = queries.attributions_de(consultation, le=le)
    if not any(ligne.offres or ligne.attribution or ligne.proposition for ligne in lignes):
        return None
    phrase, geste, attend = prochain_acte(lignes, le=le)
    return EtapeApresOuverture(
        "Attribution",
        phrase,
        reverse("attribution:lots", args=(consultation.reference,)),
        geste,
        attend=attend,
    )


def prochain_acte(lignes: Sequence[LotAttribue], *, le: datetime) -> tuple[str, str, bool]:
    """Où l'on en est, l'acte qui vient, et s'il attend quelqu'un maintenant."""
    par_etat = defaultdict(list)
    for ligne in lignes:
        par_etat[ligne.etat].append(ligne)
    if par_etat[EtatDuLot.PROPOSE]:
        return "Une décision est proposée : une autre personne la valide.", "Valider", True
    if par_etat[EtatDuLot.A_DECIDER]:
        return (
            "Les offres sont ouvertes : il reste à choisir, ou à renoncer.",
            "Choisir l'attributaire",
            True,
        )
    if any(ligne.attribution and ligne.a_prevenir for ligne in lignes):
        return "C'est décidé : il reste à prévenir les entreprises.", "Envoyer les lettres", True
    jours = [ligne.signable_le for ligne in par_etat[EtatDuLot.EN_ATTENTE] if ligne.signable_le]
    if jours:
        return (
            (
                "Les lettres sont parties. Signature possible à partir du "
                f"{en_toutes_lettres(max(jours))}."
            ),
            "Voir",
            False,
        )
    if par_etat[EtatDuLot.SIGNABLE]:
        return "Les lettres sont parties : le contrat peut être signé.", "Voir", False
    return "Personne n'est attributaire.", "Voir", False


def minuit(jour: date) -> datetime:
    """Le premier instant d'un jour, à Paris."""
    return datetime.combine(jour, time(), tzinfo=PARIS)


# ---------------------------------------------------------------- chez l'entreprise


def _notifie_le(suite: SuiteDonnee) -> date | None:
    retenue = suite.issue == SuiteDonnee.Issue.RETENUE and suite.pli
    return contrat_notifie_le(suite.pli, suite.attribution.lot) if retenue else None


def resultat(lettre: Lettre, *, le: datetime) -> dict[str, Any]:
    """Ce qu'une entreprise lit de son résultat :
    ses notes, sa place, pourquoi, et qui est retenu.
    """
    liees = lettre.suites.select_related("attribution__pli__equipe", "pli")
    suites = list(
        liees.prefetch_related("attribution__autres__pli__equipe").order_by("attribution__lot")
    )
    jour = le.astimezone(PARIS).date()
    intitules = dict(lettre.consultation.lots.values_list("numero", "intitule"))
    return {
        "lettre": lettre,
        "consultation": lettre.consultation,
        "suites": [
            (suite, intitules.get(suite.attribution.lot or 0, ""), _notifie_le(suite))
            for suite in suites
        ],
        "demandes": [
            (d, etat_de_la_demande(d, jour=jour)) for d in lettre.demandes.order_by("recue_le")
        ],
        "peut_demander": any(suite.issue != SuiteDonnee.Issue.RETENUE for suite in suites)
        and not lettre.demandes.filter(repondue_le=None).exists(),
        "envoyee": dates.jour_et_heure(lettre.envoyee_le) if lettre.envoyee_le else "",
    }

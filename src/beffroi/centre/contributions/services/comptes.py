"""Écarter une consultation du compte, contester un compte, y répondre."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.centre.contributions.models import Avoir, Contestation, Contribution, EcartDeCompte
from beffroi.centre.contributions.services.avoirs import Rendu
from beffroi.centre.contributions.services.avoirs_a_deux import proposer_un_avoir
from beffroi.centre.tarif.rules import dates
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@transaction.atomic
def ecarter(
    *,
    consultation: Consultation,
    motif: str,
    explication: str,
    relancee: Consultation | None = None,
    par: Utilisateur,
    maintenant: datetime,
) -> EcartDeCompte:
    """Note qu'une consultation a été annulée par un incident, ou qu'elle en relance une autre.

    Une fois notée, c'est dit.
    """
    if motif == EcartDeCompte.Motif.RELANCE and (
        relancee is None or relancee.sans_suite_le is None
    ):
        raise RegleEnfreinte("Nommez la consultation sans suite que celle-ci relance.")
    if relancee is not None and relancee.organisme_id != consultation.organisme_id:
        raise RegleEnfreinte("Une consultation relance une consultation du même organisme.")
    try:
        with transaction.atomic():
            ecart = EcartDeCompte.objects.create(
                consultation=consultation,
                motif=motif,
                relancee=relancee,
                explication=explication.strip(),
                note_par=par,
                note_le=maintenant,
            )
    except IntegrityError as doublon:
        raise ConflitEtat("Cette consultation a déjà sa raison. Rechargez la page.") from doublon
    journaliser(
        "compte.ecarter",
        sujet=consultation.reference,
        organisme=consultation.organisme.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"motif": motif, "explication": ecart.explication},
    )
    return ecart


@transaction.atomic
def contester(
    *, contribution: Contribution, texte: str, par: Utilisateur, maintenant: datetime
) -> Contestation:
    """L'adhérent dit ce qui ne va pas dans son compte.

    L'appel ne s'arrête pas : la réponse est un avoir, ou non.
    """
    contribution = verrouiller(contribution, avec=("exercice",))
    exiger(
        dates.peut_contester(
            **contribution.exercice.jours, aujourd_hui=maintenant.astimezone(PARIS).date()
        )
    )
    if contribution.contestations.filter(repondue_le=None).exists():
        raise ConflitEtat("Une contestation attend déjà sa réponse.")
    contestation = Contestation.objects.create(
        contribution=contribution, texte=texte.strip(), ecrite_par=par, ecrite_le=maintenant
    )
    _journaliser(contestation, "contribution.contester", par=par, le=maintenant)
    return contestation


@dataclass(frozen=True)
class Reponse:
    """Ce que le centre de gestion répond ; fondée après l'émission, elle rend un montant."""

    issue: str
    texte: str
    rendu: Decimal = Decimal(0)


@transaction.atomic
def repondre(
    *, contestation: Contestation, reponse: Reponse, par: Utilisateur, maintenant: datetime
) -> Contestation:
    """Répond une fois.

    Fondée, l'appel émis se corrige par un avoir, qu'une autre personne accorde ; pas encore émis,
    la ligne se relit.
    """
    contestation = verrouiller(contestation, avec=("contribution__exercice",))
    if contestation.repondue_le:
        raise ConflitEtat("Cette contestation a déjà sa réponse. Rechargez la page.")
    rejetee = reponse.issue == Contestation.Issue.REJETEE
    if rejetee and reponse.rendu:
        raise RegleEnfreinte("Une contestation rejetée ne rend rien.")
    contestation.issue, contestation.reponse = reponse.issue, reponse.texte.strip()
    contestation.repondue_par, contestation.repondue_le = par, maintenant
    contestation.save(update_fields=["issue", "reponse", "repondue_par", "repondue_le"])
    _journaliser(contestation, "contestation.repondre", par=par, le=maintenant)
    if reponse.rendu:
        rendu = Rendu(Avoir.Motif.CONTESTATION, reponse.rendu, contestation.reponse[:500])
        proposer_un_avoir(
            contribution=contestation.contribution, rendu=rendu, par=par, maintenant=maintenant
        )
    return contestation


def _journaliser(contestation: Contestation, acte: str, *, par: Utilisateur, le: datetime) -> None:
    journaliser(
        acte,
        sujet=contestation.contribution.reference,
        organisme=contestation.contribution.siret,
        par=par.acteur,
        le=le,
        donnees={"contestation": contestation.reference, "issue": contestation.issue},
    )

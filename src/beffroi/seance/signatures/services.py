"""Garder un rapport, confirmer un signataire : un acte, une transaction, une écriture."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.seance.ouverture.ports import lettres_parties_pour
from beffroi.seance.signatures import rules
from beffroi.seance.signatures.models import ConfirmationDuSignataire, VerificationDeSignature
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser
from formats.signature import RapportDeSignature, pour_json

_AVEC = ("ouverture__seance__consultation__organisme",)


@transaction.atomic
def noter_la_verification(
    *,
    fichier: FichierOuvert,
    document: FichierOuvert | None,
    rapport: RapportDeSignature,
    maintenant: datetime,
) -> VerificationDeSignature:
    """Le rapport entier est gardé, et le journal en prouve la ligne ;
    rien de l'entreprise n'y change.
    """
    fichier = verrouiller(fichier, avec=_AVEC)
    verification = VerificationDeSignature.objects.create(
        fichier=fichier,
        document=document,
        issue=rapport.verdict or VerificationDeSignature.Issue.NON_SIGNE,
        rapport=pour_json(rapport),
        faite_le=maintenant,
    )
    donnees = {"issue": str(verification.issue), "outils": ", ".join(rapport.outils)}
    _noter("fichier.verifier_la_signature", fichier, par=PLATEFORME, le=maintenant, donnees=donnees)
    return verification


@transaction.atomic
def confirmer_le_signataire(
    *,
    verification: VerificationDeSignature,
    engage: bool,
    fondement: str,
    par: Utilisateur,
    maintenant: datetime,
) -> ConfirmationDuSignataire:
    """Annexe 12 du CCP, art. 5 : l'identité ne se vérifie pas seule.

    Une confirmation s'ajoute à la précédente.
    """
    fichier = verrouiller(verification.fichier, avec=_AVEC)
    derniere = verification.confirmations.order_by("pk").last()
    change = engage != (derniere.engage if derniere else True) and lettres_parties_pour(fichier)
    exiger(
        rules.peut_confirmer(
            est_signe=verification.est_signe, fondement=fondement, change_ce_qui_est_dit=change
        )
    )
    confirmation = ConfirmationDuSignataire.objects.create(
        verification=verification,
        engage=engage,
        fondement=fondement.strip(),
        confirmee_par=par,
        confirmee_le=maintenant,
    )
    donnees = {"engage": "oui" if engage else "non", "fondement": confirmation.fondement}
    _noter(
        "fichier.confirmer_le_signataire", fichier, par=par.acteur, le=maintenant, donnees=donnees
    )
    return confirmation


def _noter(
    acte: str, fichier: FichierOuvert, *, par: Acteur, le: datetime, donnees: dict[str, str]
) -> None:
    consultation = fichier.ouverture.seance.consultation
    journaliser(
        acte,
        sujet=fichier.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=le,
        donnees={"consultation": consultation.reference, "sha256": fichier.sha256, **donnees},
    )

"""Prolonger le délai : seul, ou du même acte qu'un dossier qui change."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.events import ConsultationModifiee
from beffroi.achat.consultations.models import ChangementPublie, Consultation
from beffroi.achat.consultations.rules import heure_limite
from beffroi.achat.consultations.services.dossier import enfiler_l_archive
from beffroi.achat.consultations.services.publication import annoncer
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import jour_et_heure


@transaction.atomic
def prolonger_le_delai(
    *, consultation: Consultation, nouvelle: datetime, motif: str, par: Acteur, maintenant: datetime
) -> Consultation:
    """Repousse l'heure limite d'une consultation publiée,
    pour tout le monde à la fois (CCP, art. R. 2151-4).
    """
    consultation = verrouiller(consultation)
    ancienne = repousser(consultation, nouvelle, maintenant=maintenant)
    texte = f"L'heure limite passe au {jour_et_heure(nouvelle)}. {motif.strip()}".strip()
    annoncer(consultation, ChangementPublie.Sorte.DELAI, texte, maintenant=maintenant)
    journaliser(
        "consultation.prolonger_le_delai",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={
            "ancienne": ancienne.isoformat(),
            "nouvelle": nouvelle.isoformat(),
            "motif": motif.strip(),
        },
    )
    enfiler_l_archive(consultation)
    evenements.publier(
        ConsultationModifiee(
            reference=consultation.reference,
            sorte=ChangementPublie.Sorte.DELAI,
            texte=texte,
            le=maintenant,
            nouvelle_limite=nouvelle,
        )
    )
    return consultation


def repousser(consultation: Consultation, nouvelle: datetime, *, maintenant: datetime) -> datetime:
    """Écrit la nouvelle heure limite d'une consultation verrouillée,
    et ce qui la suit ; rend l'ancienne.

    Les questions gardent leur avance sur l'heure limite.
    L'ouverture prévue ne reste pas avant elle.
    """
    actuelle = consultation.date_limite_remise
    exiger(
        heure_limite.peut_prolonger(
            etat=consultation.etat, actuelle=actuelle, nouvelle=nouvelle, maintenant=maintenant
        )
    )
    ancienne, consultation.date_limite_remise = consultation.limite, nouvelle
    questions, ouverture = consultation.date_limite_questions, consultation.ouverture_prevue_le
    if questions:
        consultation.date_limite_questions = heure_limite.questions_repoussees(
            questions, ancienne=ancienne, nouvelle=nouvelle
        )
    if ouverture and ouverture <= nouvelle:
        consultation.ouverture_prevue_le = heure_limite.ouverture_proposee(nouvelle)
    consultation.save(
        update_fields=["date_limite_remise", "date_limite_questions", "ouverture_prevue_le"]
    )
    return ancienne

"""Ce que les archives reçoivent des signatures :
le rapport de chaque vérification, et qui a confirmé le signataire.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.archivage import faits
from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.seance.signatures.models import VerificationDeSignature
from beffroi.socle.journal.queries import objets_detruits
from formats.versement import Etape, Piece, Sorte


def verifiees(
    consultation: Consultation, *, le: datetime
) -> list[QuerySet[VerificationDeSignature]]:
    """Rien d'un fichier qui n'est pas signé."""
    faites = VerificationDeSignature.objects.filter(
        fichier__ouverture__seance__consultation=consultation
    )
    return [faites.exclude(issue=VerificationDeSignature.Issue.NON_SIGNE)]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    """Ni d'un fichier qu'un visa a fait détruire."""
    [signees] = verifiees(consultation, le=le)
    gardees = signees.exclude(fichier__cle_de_stockage__in=objets_detruits())
    liees = gardees.select_related(
        "fichier__ouverture__pli", "fichier__ouverture__enveloppe", "document"
    )
    for verification in liees.prefetch_related("confirmations__confirmee_par"):
        fichier = verification.fichier
        offre = fichier.ouverture.enveloppe.sorte == PieceAttendue.Enveloppe.OFFRE
        yield faits(
            f"Vérification de la signature, {fichier.nom}",
            f"signature-{verification.pk}.json",
            _rapport(verification),
            sorte=Sorte.OFFRE if offre else Sorte.CANDIDATURE,
            etape=Etape.OFFRES if offre else Etape.CANDIDATURES,
            le=verification.faite_le,
            sujet=fichier.reference,
            pli=fichier.ouverture.pli.reference,
        )


def _rapport(verification: VerificationDeSignature) -> dict[str, object]:
    return {
        "fichier": verification.fichier.nom,
        "sha256": verification.fichier.sha256,
        "document": verification.document.nom if verification.document else "",
        "issue": verification.get_issue_display(),
        "faite_le": verification.faite_le,
        "rapport": verification.rapport,
        "confirmations": [
            {
                "engage": une.engage,
                "fondement": une.fondement,
                "par": une.confirmee_par.nom,
                "le": une.confirmee_le,
            }
            for une in verification.confirmations.all()
        ],
    }

"""L'étape des signatures, pour la page de suivi d'une consultation."""

from datetime import datetime

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import EtapeApresOuverture
from beffroi.seance.signatures import queries
from beffroi.seance.signatures.models import VerificationDeSignature
from formats.pluriels import compter


def suite(consultation: Consultation, *, le: datetime) -> EtapeApresOuverture | None:
    """Dès qu'un fichier est ouvert.

    Rien n'y est jamais attendu : la signature n'est exigée que du contrat.
    """
    issues = queries.issues_de(consultation)
    if not issues:
        return None
    reste = issues.count(None)
    faites = len(issues) - reste
    signes = faites - issues.count(VerificationDeSignature.Issue.NON_SIGNE)
    dits = [compter(signes, "fichier signé", "fichiers signés")] if faites else []
    dits += [f"{compter(reste, 'fichier', 'fichiers')} à vérifier"] if reste else []
    return EtapeApresOuverture(
        nom="Signatures",
        phrase=" ; ".join(dits) + ".",
        url=reverse("signatures:consultation", args=(consultation.reference,)),
        geste="Voir les signatures",
    )

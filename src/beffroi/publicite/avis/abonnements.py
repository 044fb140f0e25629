"""Ce que les avis font d'un changement :
le rectificatif ou l'annulation se rédige après l'acte, sans pouvoir l'empêcher.
"""

from beffroi.achat.consultations.events import (
    ConsultationDeclareeSansSuite,
    ConsultationModifiee,
    ConsultationPubliee,
)
from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis import queries
from beffroi.publicite.avis.services.changements import (
    dire_que_le_dossier_a_change,
    rattraper,
    rediger_les_annulations,
    rediger_les_rectificatifs,
)


def consultation_publiee(evenement: ConsultationPubliee) -> None:
    """Un avis écrit tôt n'annonce pas une heure que le brouillon a changée
    depuis (CCP, art. R. 2132-2).
    """
    consultation = Consultation.toutes.get(reference=evenement.reference)
    if any(queries.est_depasse(avis, consultation) for avis in queries.avis_de(consultation)):
        rattraper.enqueue(evenement.reference)


def consultation_modifiee(evenement: ConsultationModifiee) -> None:
    """Une heure limite qui change se rectifie là où l'avis a paru (CCP, art. R. 2151-4) ;
    un dossier, s'il est européen.
    """
    if evenement.nouvelle_limite:
        dossier_modifie_le = evenement.le.isoformat() if evenement.version else ""
        rediger_les_rectificatifs.enqueue(evenement.reference, evenement.texte, dossier_modifie_le)
    elif evenement.version:
        dire_que_le_dossier_a_change.enqueue(
            evenement.reference, evenement.texte, evenement.le.isoformat()
        )


def consultation_sans_suite(evenement: ConsultationDeclareeSansSuite) -> None:
    """Une procédure abandonnée s'annule là où l'avis a paru."""
    rediger_les_annulations.enqueue(evenement.reference, evenement.motif)

"""Ce que les avis font d'un changement : le rectificatif ou l'annulation se rédige après l'acte, sans pouvoir l'empêcher."""

from beffroi.avis.taches import rediger_les_annulations, rediger_les_rectificatifs
from beffroi.consultations.events import ConsultationDeclareeSansSuite, ConsultationModifiee
from beffroi.consultations.models import ChangementPublie


def consultation_modifiee(evenement: ConsultationModifiee) -> None:
    """Une heure limite qui change se rectifie là où l'avis a paru (CCP, art. R. 2151-4)."""
    if evenement.sorte == ChangementPublie.Sorte.DELAI:
        rediger_les_rectificatifs.enqueue(evenement.reference, evenement.texte)


def consultation_sans_suite(evenement: ConsultationDeclareeSansSuite) -> None:
    """Une procédure abandonnée s'annule là où l'avis a paru."""
    rediger_les_annulations.enqueue(evenement.reference, evenement.motif)

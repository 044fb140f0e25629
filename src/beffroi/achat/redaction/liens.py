"""Le règlement à jour, proposé là où l'acheteur change un dossier publié."""

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import pieces_en_vigueur
from beffroi.achat.redaction.services import AU_DOSSIER


def reglement_a_jour(consultation: Consultation) -> tuple[tuple[str, str], ...]:
    """Ce que l'outil a écrit, il le récrit avec l'heure limite et le dossier d'aujourd'hui ;
    le texte d'un autre, non.
    """
    sorte, extension, _ = AU_DOSSIER["reglement"]
    if (
        not pieces_en_vigueur(consultation)
        .filter(sorte=sorte, nom=f"reglement.{extension}")
        .exists()
    ):
        return ()
    return tuple(
        (nom, reverse("redaction:document", args=(consultation.reference, "reglement", forme)))
        for nom, forme in (("PDF", "pdf"), ("ODT, à retoucher", "odt"))
    )

"""Ce que la page du dossier et celle de la vérification proposent d'autre : écrire les documents, faire relire."""

from django.urls import reverse

from beffroi.consultations.models import Consultation
from beffroi.consultations.ports import LienDuBrouillon


def liens_du_brouillon(consultation: Consultation) -> tuple[LienDuBrouillon, ...]:
    arguments = (consultation.reference,)
    return (
        LienDuBrouillon(
            geste="Écrire les documents pour moi",
            phrase="Le règlement, l'acte d'engagement et les formulaires peuvent s'écrire d'après vos réponses.",
            url=reverse("redaction:documents", args=arguments),
        ),
        LienDuBrouillon(
            geste="Faire relire le règlement",
            phrase="Des contrôles tout de suite, puis l'avis d'un juriste du centre de gestion.",
            url=reverse("relectures:acheteur", args=arguments),
        ),
    )

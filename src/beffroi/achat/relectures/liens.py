"""Ce que la page du dossier et celle de la vérification proposent d'autre :
écrire les documents, faire relire.
"""

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import LienDuBrouillon
from beffroi.achat.relectures import queries
from formats import pluriels


def liens_du_brouillon(consultation: Consultation) -> tuple[LienDuBrouillon, ...]:
    ecrire = LienDuBrouillon(
        geste="Écrire les documents pour moi",
        phrase=(
            "Le règlement, l'acte d'engagement et les formulaires peuvent s'écrire "
            "d'après vos réponses."
        ),
        url=reverse("redaction:documents", args=(consultation.reference,)),
    )
    return (ecrire, _relecture(consultation))


def _relecture(consultation: Consultation) -> LienDuBrouillon:
    """Où en est le juriste : qui publie le voit, sans quitter la page."""
    if rendue := queries.dernier_avis(consultation):
        sans_reponse = rendue.commentaires.filter(reponse="").count()
        attente = (
            f" Sans réponse de votre part : {pluriels.compter(sans_reponse, 'remarque')}."
            if sans_reponse
            else ""
        )
        return LienDuBrouillon(
            geste="Lire l'avis",
            phrase=f"Avis du juriste : {rendue.get_avis_display().lower()}.{attente}",
            url=reverse("relectures:avis", args=(consultation.reference, rendue.reference)),
        )
    page = reverse("relectures:acheteur", args=(consultation.reference,))
    if queries.en_cours_pour(consultation):
        return LienDuBrouillon(
            geste="Voir la relecture", phrase="Le règlement est chez le juriste.", url=page
        )
    return LienDuBrouillon(
        geste="Faire relire le règlement",
        phrase="Des contrôles tout de suite, puis l'avis d'un juriste du centre de gestion.",
        url=page,
    )

"""Le procès-verbal d'une séance close, et les documents signés déposés à côté."""

from django.db import models

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import Seance
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_signature() -> str:
    return reference_opaque("Q")


class ProcesVerbal(LigneProuvee):
    """Le procès-verbal d'une séance close, scellé au journal."""

    seance = models.OneToOneField(Seance, on_delete=models.PROTECT, related_name="proces_verbal")
    contenu = models.JSONField()
    cle_de_stockage = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    etabli_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField()

    class Meta:
        # Les deux tables sont nées dans `ouverture` :
        # elles gardent leur nom, et les installations leurs lignes.
        db_table = "ouverture_procesverbal"

    def __str__(self) -> str:
        return f"procès-verbal de {self.seance}"


class ProcesVerbalSigne(LigneProuvee):
    """Le procès-verbal signé par des personnes, tel qu'elles l'ont déposé.

    Celui de la plateforme ne change pas.
    """

    class Mode(models.TextChoices):
        MANUSCRITE = "manuscrite", "Signé à la main, puis numérisé"
        PARAPHEUR = "parapheur", "Signé sur un parapheur électronique"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_signature)
    proces_verbal = models.ForeignKey(ProcesVerbal, on_delete=models.PROTECT, related_name="signes")
    mode = models.CharField(max_length=10, choices=Mode)
    signataires = models.JSONField()
    taille = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    cle_de_stockage = models.CharField(max_length=120)
    depose_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    depose_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField()

    class Meta:
        db_table = "ouverture_procesverbalsigne"
        ordering = ["depose_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="un_document_signe_se_depose_une_fois", fields=["proces_verbal", "sha256"]
            )
        ]

    def __str__(self) -> str:
        return f"procès-verbal signé {self.reference}"

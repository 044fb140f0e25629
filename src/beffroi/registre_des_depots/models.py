"""Le registre des dépôts d'une consultation, tel qu'il a été scellé."""

from django.db import models

from beffroi.consultations.models import Consultation


class RegistreScelle(models.Model):
    """Le registre des dépôts tel qu'il a été tiré la première fois, scellé au journal."""

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="registre_scelle")
    sha256 = models.CharField(max_length=64)
    nombre = models.PositiveIntegerField()
    scelle_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField()

    class Meta:
        # La table est née dans `ouverture` : elle garde son nom, et les installations leurs lignes.
        db_table = "ouverture_registrescelle"

    def __str__(self) -> str:
        return f"registre de {self.consultation_id}"

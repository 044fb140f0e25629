"""Les tirages scellés du registre des dépôts d'une consultation."""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.socle.journal.tirages import Tirage


class RegistreScelle(Tirage):
    """Un tirage du registre des dépôts.

    Sans documents, c'est un tirage d'avant : seul le CSV avait été retenu.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="registres_scelles"
    )

    class Meta:
        # La table est née dans `ouverture` : elle garde son nom, et les installations leurs lignes.
        db_table = "ouverture_registrescelle"
        ordering = ["consultation", "numero"]
        constraints = [
            models.UniqueConstraint(name="un_numero_par_tirage", fields=["consultation", "numero"])
        ]

    def __str__(self) -> str:
        return f"registre de {self.consultation_id}, tirage {self.numero}"

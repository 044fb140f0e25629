"""Les tirages scellés du registre des dépôts d'une consultation."""

from django.db import models

from beffroi.consultations.models import Consultation
from beffroi.journal.lignes import LigneProuvee


class RegistreScelle(LigneProuvee):
    """Un tirage du registre : ses trois fichiers, gardés tels quels, et leurs empreintes au journal.

    `documents` : pour chaque format, la clé de stockage, la taille et le SHA-256. Vide pour un tirage d'avant, dont seule
    l'empreinte du CSV (`sha256`) avait été gardée.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="registres_scelles")
    numero = models.PositiveIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    nombre = models.PositiveIntegerField()
    documents = models.JSONField(default=dict, blank=True)
    scelle_le = models.DateTimeField()
    ecriture = models.PositiveBigIntegerField()

    class Meta:
        # La table est née dans `ouverture` : elle garde son nom, et les installations leurs lignes.
        db_table = "ouverture_registrescelle"
        ordering = ["consultation", "numero"]
        constraints = [models.UniqueConstraint(name="un_numero_par_tirage", fields=["consultation", "numero"])]

    def __str__(self) -> str:
        return f"registre de {self.consultation_id}, tirage {self.numero}"

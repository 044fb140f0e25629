"""Ce qui reste à annoncer : une consultation parue, et ce qu'elle a fait trouver.

Tout le reste est un suivi.
"""

from django.db import models

from beffroi.personnes.abonnements.models import Suivi


class ConsultationParue(models.Model):
    """Une consultation publiée, inscrite par l'acte qui la publie.

    Elle s'annonce une fois, à toutes les recherches.
    """

    reference = models.CharField(max_length=16, unique=True)
    parue_le = models.DateTimeField()
    annoncee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                name="parue_a_annoncer", fields=["id"], condition=models.Q(annoncee_le=None)
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Trouvaille(models.Model):
    """Une consultation parue qu'une recherche gardée a trouvée, et qui attend son courriel.

    Écrite, elle s'efface.
    """

    suivi = models.ForeignKey(Suivi, on_delete=models.CASCADE, related_name="trouvailles")
    parue = models.ForeignKey(
        ConsultationParue, on_delete=models.CASCADE, related_name="trouvailles"
    )
    trouvee_le = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="une_trouvaille_par_recherche", fields=["suivi", "parue"])
        ]

    def __str__(self) -> str:
        return f"{self.parue} pour {self.suivi}"

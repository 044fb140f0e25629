"""Un repartage en cours :
qui doit tenir une part, et ce que la première personne a remis à la seconde.
"""

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur


class Repartage(models.Model):
    """Les parts des clés à refaire pour d'autres personnes. Achevé ou abandonné, il
    s'efface : le journal le retient.

    Quand il faut deux personnes, la première scelle ses parts pour la seconde, qui achève.
    """

    class Voie(models.TextChoices):
        MEMBRES = "membres", "Avec nos parts"
        GARDIENS = "gardiens", "Avec deux gardiens de secours"

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="repartage"
    )
    voie = models.CharField(max_length=10, choices=Voie)
    vers = models.ManyToManyField(Utilisateur, related_name="+")
    demande_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    demande_le = models.DateTimeField()
    demande_ecrite = models.CharField(
        max_length=200, blank=True, help_text="Demande qui fonde le recours aux gardiens."
    )
    premiere = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seconde = models.ForeignKey(
        Utilisateur, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    relais_candidature = models.BinaryField(default=bytes, blank=True)
    relais_offre = models.BinaryField(default=bytes, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recours_sur_demande_ecrite",
                condition=~models.Q(voie="gardiens") | ~models.Q(demande_ecrite=""),
            ),
            models.CheckConstraint(
                name="relais_a_deux_personnes",
                condition=models.Q(premiere=None, seconde=None)
                | (
                    models.Q(premiere__isnull=False, seconde__isnull=False)
                    & ~models.Q(premiere=models.F("seconde"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"repartage de {self.consultation_id}"

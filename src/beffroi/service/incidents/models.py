"""Un incident numéroté, et ce que le centre propose à chaque acheteur touché."""

from datetime import datetime

from django.db import models

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Tour
from beffroi.service.disponibilite.models import Evenement
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_de_proposition() -> str:
    return reference_opaque("IP")


class Incident(LigneProuvee):
    """Le numéro d'un incident annoncé, que chacun peut citer."""

    numero = models.CharField(max_length=16, unique=True)
    evenement = models.OneToOneField(Evenement, on_delete=models.PROTECT, related_name="incident")
    ouvert_le = models.DateTimeField()

    class Meta:
        ordering = ["-ouvert_le", "-pk"]

    def __str__(self) -> str:
        return self.numero


class Proposition(LigneProuvee):
    """Prolonger l'heure limite d'une consultation ou d'un tour touchés :
    proposé par le centre, décidé par l'acheteur.
    """

    class Reponse(models.TextChoices):
        ATTENDUE = "attendue", "Attend l'acheteur"
        PROLONGEE = "prolongee", "Prolongée"
        DECLINEE = "declinee", "L'acheteur ne prolonge pas"

    reference = models.CharField(max_length=16, unique=True, default=reference_de_proposition)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="propositions")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    tour = models.ForeignKey(
        Tour, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveIntegerField(
        "minutes touchées, dans les vingt-quatre heures avant l'heure limite"
    )
    ancienne_limite = models.DateTimeField()
    nouvelle_limite = models.DateTimeField()
    proposee_le = models.DateTimeField()
    reponse = models.CharField(max_length=10, choices=Reponse, default=Reponse.ATTENDUE)
    motif = models.TextField("pourquoi l'acheteur ne prolonge pas", max_length=500, blank=True)
    repondue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ancienne_limite", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_proposition_par_incident",
                fields=["incident", "consultation"],
                condition=models.Q(tour=None),
            ),
            models.UniqueConstraint(
                name="une_proposition_par_tour",
                fields=["incident", "tour"],
                condition=models.Q(tour__isnull=False),
            ),
            models.CheckConstraint(
                name="une_proposition_allonge",
                condition=models.Q(nouvelle_limite__gt=models.F("ancienne_limite")),
            ),
            models.CheckConstraint(
                name="une_proposition_declinee_dit_pourquoi",
                condition=~models.Q(reponse="declinee") | ~models.Q(motif=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident}, {self.consultation_id}"

    @property
    def limite(self) -> datetime:
        """L'heure limite d'aujourd'hui, qu'elle ait été prolongée ou non."""
        return self.tour.date_limite if self.tour else self.consultation.limite

"""Une intervention du centre de gestion chez un organisme, et un tableau d'agents à relire."""

from datetime import datetime

from django.db import models

from beffroi.centre.interventions.rules import MINUTES_AU_PLUS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.imports.models import FichierRelu
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.references import reference_opaque
from beffroi.socle.journal.lignes import LigneProuvee


def reference_d_intervention() -> str:
    return reference_opaque("IC")


def reference_d_import() -> str:
    return reference_opaque("IG")


class Intervention(LigneProuvee):
    """Un agent du centre agit chez un organisme : pourquoi, jusqu'à quand.

    Ses gestes sont au journal, sous sa référence.
    """

    class Sorte(models.TextChoices):
        ASSISTANCE = "assistance", "Assistance"
        MISE_EN_PLACE = "mise_en_place", "Première mise en place"
        EN_NOMBRE = "en_nombre", "Import d'un tableau"

    class Cloture(models.TextChoices):
        FINIE = "finie", "Finie par le centre"
        EXPIREE = "expiree", "Arrivée à son heure"
        ARRETEE = "arretee", "Arrêtée par l'organisme"

    reference = models.CharField(max_length=16, unique=True, default=reference_d_intervention)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="interventions")
    ouverte_par = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="+")
    sorte = models.CharField(max_length=14, choices=Sorte, default=Sorte.ASSISTANCE)
    motif = models.CharField(max_length=300)
    demande = models.CharField(
        "ce qui l'a demandée : un appel, un courriel, un ticket", max_length=120, blank=True
    )
    prevu = models.TextField("ce qui va être fait", max_length=1000, blank=True)
    accord = models.CharField("qui, chez l'organisme, en est d'accord", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    ouverte_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    close_le = models.DateTimeField(null=True, blank=True)
    cloture = models.CharField(max_length=8, choices=Cloture, blank=True)
    bilan = models.TextField("ce qui a été fait, en clair", max_length=1000, blank=True)

    class Meta:
        ordering = ["-ouverte_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="une_intervention_ouverte_par_agent",
                fields=["organisme", "ouverte_par"],
                condition=models.Q(close_le=None),
            ),
            models.CheckConstraint(
                name="une_intervention_est_bornee",
                condition=models.Q(minutes__gte=1, minutes__lte=MINUTES_AU_PLUS),
            ),
            models.CheckConstraint(
                name="une_intervention_close_dit_comment",
                condition=models.Q(close_le=None, cloture="")
                | (models.Q(close_le__isnull=False) & ~models.Q(cloture="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}, {self.organisme}"

    def est_ouverte(self, le: datetime) -> bool:
        """L'heure suffit : à la minute dite, elle est finie, que l'ouvrier soit passé ou non."""
        return self.close_le is None and le < self.expire_le


class ImportDAgents(FichierRelu):
    """Un tableau d'agents de plusieurs organismes,
    relu avant d'être appliqué d'un seul coup, une seule fois.
    """

    reference = models.CharField(max_length=16, unique=True, default=reference_d_import)
    motif = models.CharField(max_length=300, blank=True)
    agents = models.PositiveIntegerField(default=0)
    organismes = models.PositiveIntegerField(default=0)

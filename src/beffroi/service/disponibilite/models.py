"""Ce que l'ouvrier a relevé, et ce que le centre a annoncé."""

from django.db import models

from beffroi.service.disponibilite import mots
from beffroi.socle.fondations.references import reference_opaque


def reference_d_evenement() -> str:
    return reference_opaque("E", 8)


class Releve(models.Model):
    """Le dernier constat de l'ouvrier sur un composant."""

    composant = models.CharField(max_length=20, primary_key=True)
    bon = models.BooleanField()
    dit = models.CharField("ce que le composant dit de lui", max_length=120, blank=True)
    le = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.composant} : {'marche' if self.bon else 'panne'}"


class EtatTenu(models.Model):
    """L'état où l'ouvrier voit un point de la supervision, et depuis quand il l'y voit."""

    point = models.CharField(max_length=20, primary_key=True)
    ton = models.CharField(max_length=10)
    depuis = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.point} : {self.ton}, {self.depuis:%Y-%m-%d %H:%M}"


class Evenement(models.Model):
    """Un incident ou une maintenance, tel que le centre l'annonce."""

    Sorte = mots.Sorte

    reference = models.CharField(max_length=16, unique=True, default=reference_d_evenement)
    sorte = models.CharField(max_length=12, choices=Sorte.choices)
    titre = models.CharField(max_length=120)
    commence_le = models.DateTimeField()
    fin_prevue_le = models.DateTimeField(null=True, blank=True)
    fini_le = models.DateTimeField(null=True, blank=True)
    annonce_le = models.DateTimeField()

    class Meta:
        ordering = ["-commence_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="une_maintenance_a_sa_fin_prevue",
                condition=models.Q(sorte="incident") | models.Q(fin_prevue_le__isnull=False),
            ),
            models.CheckConstraint(
                name="une_fin_prevue_suit_le_debut",
                condition=models.Q(fin_prevue_le=None)
                | models.Q(fin_prevue_le__gt=models.F("commence_le")),
            ),
            # Un second clic ne l'annonce pas deux fois.
            models.UniqueConstraint(
                name="une_seule_annonce", fields=["sorte", "titre", "commence_le"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} : {self.titre}"


class Point(models.Model):
    """Ce que l'on sait à un moment ; le suivant s'ajoute."""

    evenement = models.ForeignKey(Evenement, on_delete=models.PROTECT, related_name="points")
    texte = models.TextField()
    le = models.DateTimeField()

    class Meta:
        ordering = ["-le", "-pk"]

    def __str__(self) -> str:
        return f"{self.evenement.reference}, {self.le:%Y-%m-%d %H:%M}"
